using Adversarial.Neural;

namespace Adversarial.Detectors.Tests;

/// <summary>
/// The first ten losses of each network, the gradients of step 1 and twenty scores are those of an independent implementation on another
/// library (eng/golden).
/// </summary>
public class GoldenTests
{
    private const string WriteVariable = "ADVERSARIAL_WRITE_GOLDEN";

    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    public static TheoryData<string> Names => [.. GoldenCases.All.Select(golden => golden.Name)];

    [Fact]
    public void Every_method_that_trains_networks_has_a_case() =>
        Assert.Equal(DetectorRegistry.All.Where(method => method.CreateOptions() is NetworkDetectorOptions).Select(method => method.Name).Order(), GoldenCases.All.Select(golden => golden.Method.Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void In_double_precision_training_equals_the_other_implementation(string name)
    {
        if (Environment.GetEnvironmentVariable(WriteVariable) is { Length: > 0 } folder)
        {
            (GoldenRun.Of(GoldenCases.Get(name), new ReferenceDevice()) with { Expected = null }).Write(Path.Combine(folder, name + ".json"));
            Assert.Skip($"Wrote what enters {name}; the scripts in eng/golden compute what is to come of it.");
        }

        GoldenCase golden = GoldenCases.Get(name);
        Compare(golden, new ReferenceDevice(), golden.Tolerance, golden.ScoreTolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void In_single_precision_training_equals_the_other_implementation(string name)
    {
        GoldenCase golden = GoldenCases.Get(name);
        Compare(golden, new CpuDevice(), GoldenCase.FloatTolerance, golden.FloatScoreTolerance);
    }

    private static void Compare(GoldenCase golden, IDevice device, double tolerance, double scoreTolerance)
    {
        GoldenFile file = GoldenFile.Read(Path.Combine(_folder, golden.Name + ".json"));
        Assert.True(golden.Method.ToJson(golden.Options) == golden.Method.ToJson(golden.Method.FromJson(file.Options.ToJsonString())),
            GoldenDraw.Stale($"The options of {golden.Name} are not those of its file"));
        GoldenFile run = GoldenRun.Of(golden, device, file);
        Assert.Equal(file.HeldOut, run.HeldOut);
        Assert.Equal(file.Scored, run.Scored);
        GoldenResult expected = file.Expected ?? throw new InvalidOperationException(GoldenDraw.Stale($"{golden.Name} has no results yet"));
        GoldenResult actual = run.Expected!;
        var comparison = new GoldenComparison();
        CompareLosses(expected, actual, comparison, tolerance);
        Assert.Equal(expected.Gradients.Select(g => (g.Phase, g.Network)), actual.Gradients.Select(g => (g.Phase, g.Network)));
        for (int i = 0; i < expected.Gradients.Count; i++)
        {
            GoldenGradient gradient = expected.Gradients[i];
            comparison.Add($"gradient {i} ({gradient.Network})", gradient.Values, actual.Gradients[i].Values, tolerance);
        }

        comparison.Add("scores", expected.Scores, actual.Scores, scoreTolerance);
        TestContext.Current.TestOutputHelper?.WriteLine(comparison.ToString());
        Assert.True(comparison.Holds, comparison.ToString());
    }

    private static void CompareLosses(GoldenResult expected, GoldenResult actual, GoldenComparison comparison, double tolerance)
    {
        Assert.Equal(expected.Losses.Select(losses => losses.Phase), actual.Losses.Select(losses => losses.Phase));
        foreach ((GoldenLosses theirs, GoldenLosses ours) in expected.Losses.Zip(actual.Losses))
        {
            Assert.Equal(theirs.Names.Distinct(), ours.Names);
            Assert.Equal(10, ours.Values.Length);
            Assert.All(ours.Values, values => Assert.Equal(theirs.Names.Length, values.Length));
            for (int i = 0; i < theirs.Names.Length; i++)
                comparison.Add($"{theirs.Phase}: {theirs.Names[i]}", [.. theirs.Values.Select(v => v[i])], [.. ours.Values.Select(v => v[i])], tolerance);
        }
    }
}
