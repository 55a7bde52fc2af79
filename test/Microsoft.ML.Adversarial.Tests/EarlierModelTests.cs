using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Model files of earlier versions, kept in Data: each loads and says of the rows beside it what it said then.</summary>
public class EarlierModelTests
{
    // A machine with other vector instructions sums in another order.
    private const float Tolerance = 1e-5f;

    public static TheoryData<string> Versions => ["1.1", "1.4", "1.5"];

    private static string File(string version, string ending) => Path.Combine(AppContext.BaseDirectory, "Data", $"model-{version}.{ending}");

    [Theory]
    [MemberData(nameof(Versions))]
    public void LoadsAndScoresAsItDid(string version)
    {
        var chain = Assert.IsType<TransformerChain<ITransformer>>(new MLContext().Model.Load(File(version, "zip"), out _));
        Assert.Equal("Features", Assert.IsType<AnomalyDetectorTransformer>(chain.LastTransformer).FeatureColumnName);

        // Four features, score, label.
        float[][] lines = [.. System.IO.File.ReadLines(File(version, "csv"))
            .Select(line => line.Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ToArray())];
        IDataView scored = chain.Transform(Simulated.Table([.. lines.Select(line => line[..Simulated.Columns])]));
        Assert.Equal(lines.Select(line => line[Simulated.Columns]), Simulated.Scores(scored), (expected, got) =>
            float.IsNaN(expected) ? float.IsNaN(got) : Math.Abs(expected - got) <= Tolerance * Math.Max(1, Math.Abs(expected)));
        Assert.Equal(lines.Select(line => line[^1] > 0), Simulated.Labels(scored));
    }
}
