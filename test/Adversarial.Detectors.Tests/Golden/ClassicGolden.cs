using System.Text.Json;

namespace Adversarial.Detectors.Tests;

/// <summary>What scikit-learn makes of some rows (eng/golden/classics.py).</summary>
internal sealed record ClassicGolden
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNameCaseInsensitive = true };

    public required float[][] Train { get; init; }

    public required float[][] Test { get; init; }

    public required ClassicScores Neighbors { get; init; }

    public required ClassicScores Factor { get; init; }

    public required ClassicScores FactorOfEqualRows { get; init; }

    public required ClassicSvm[] Svm { get; init; }

    public required float[][] Known { get; init; }

    public required ClassicTwoClassSvm[] TwoClassSvm { get; init; }

    public required ClassicMixture Mixture { get; init; }

    public required ClassicForest Forest { get; init; }

    public static ClassicGolden Read() =>
        JsonSerializer.Deserialize<ClassicGolden>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "classics.json")), _json)!;
}

internal sealed record ClassicScores(double[] Train, double[] Test);

internal sealed record ClassicSvm(double Nu, double? Gamma, double Offset, double[] Test);

internal sealed record ClassicTwoClassSvm(double Cost, double? Weight, double? Gamma, double Offset, double[] Test);

internal sealed record ClassicMixture(int[] Clusters, double[] Likelihoods, double[] Test);

internal sealed record ClassicForest(ClassicTree[] Trees, double[] Scores, int[] Sizes, double[] Averages);

internal sealed record ClassicTree(int[] Features, float[] Thresholds, int[] Lefts, int[] Rights, int[] Rows, double[] Lengths);
