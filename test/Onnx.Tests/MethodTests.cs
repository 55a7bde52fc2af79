using Adversarial.Detectors;
using Conformance.Tests;

namespace Onnx.Tests;

/// <summary>Every method with every variant: OnnxRuntime gives our scores.</summary>
public class MethodTests
{
    private static readonly string[] _refusing = ["AnoGAN"];

    internal static IEnumerable<Subject> ExportedSubjects => Subject.All.Where(subject => !_refusing.Contains(subject.Descriptor.Name));

    public static IEnumerable<TheoryDataRow<Subject>> Exported =>
        ExportedSubjects.Select(subject => new TheoryDataRow<Subject>(subject) { TestDisplayName = subject.ToString() });

    public static IEnumerable<TheoryDataRow<Subject>> Refusing =>
        Subject.All.Where(subject => _refusing.Contains(subject.Descriptor.Name)).Select(subject => new TheoryDataRow<Subject>(subject) { TestDisplayName = subject.ToString() });

    // Normal rows, anomalies, rows far outside, rows that are no numbers.
    private static FeatureMatrix RowsFor(Subject subject)
    {
        float[][] test = SimulatedSet.Rows(subject.Set.Test);
        var random = new Random(7);
        float[][] far = [.. test.Take(40).Select((row, i) => Array.ConvertAll(row, value => value + (float)(Math.Pow(10, i / 4.0 - 2) * (random.NextDouble() - 0.5))))];
        float[][] single = [.. test.Take(20).Select(row => row.ToArray())];
        for (int i = 0; i < single.Length; i++)
            single[i][i % single[i].Length] = i % 4 == 0 ? 1e30f : i % 4 == 1 ? float.NaN : i % 4 == 2 ? float.NegativeInfinity : -3;
        return FeatureMatrix.FromRows([.. test, .. far, .. single]);
    }

    [Theory]
    [MemberData(nameof(Exported))]
    public void OnnxRuntimeGivesTheSameScores(Subject subject)
    {
        Detector detector = subject.Fitted;
        FeatureMatrix rows = RowsFor(subject);
        using OnnxModel model = OnnxModel.Of(detector);
        float[] ours = detector.Score(rows);
        (float[] theirs, bool[] labels) = model.Run(rows);
        (double difference, int row) = ScoreComparison.Largest(ours, theirs);
        TestContext.Current.TestOutputHelper?.WriteLine($"{subject}: {difference:E2} at row {row}, {(row < 0 ? 0 : ours[row])} and {(row < 0 ? 0 : theirs[row])}");
        Assert.True(difference <= ScoreComparison.Tolerance, $"Row {row}: {(row < 0 ? 0 : ours[row])} and {(row < 0 ? 0 : theirs[row])} differ by {difference:E2}.");
        Assert.Contains(ours, float.IsNaN);
        for (int r = 0; r < ours.Length; r++)
            Assert.True(labels[r] == !(theirs[r] <= detector.Threshold), $"Row {r} has the score {theirs[r]} and the label {labels[r]} at a threshold of {detector.Threshold}.");
    }

    [Theory]
    [MemberData(nameof(Refusing))]
    public void WhatIsNoFeedForwardComputationIsRefused(Subject subject)
    {
        using var stream = new MemoryStream();
        string message = Assert.Throws<NotSupportedException>(() => subject.Fitted.SaveOnnx(stream)).Message;
        Assert.StartsWith($"{subject.Descriptor.Name} is not exported to ONNX: ", message);
        Assert.Contains("f-AnoGAN", message);
        Assert.Equal(0, stream.Length);
    }
}
