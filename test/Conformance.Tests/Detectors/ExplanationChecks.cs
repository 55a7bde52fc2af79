using Adversarial.Detectors;

namespace Conformance.Tests;

/// <summary>Explanations of scores.</summary>
public static class ExplanationChecks
{
    private const int Steps = 400;
    private const double LeastShare = 0.9;
    private const float Planted = 3;

    /// <summary>The checks.</summary>
    public static IReadOnlyList<Check> All { get; } = [new("30 a planted feature explains the score", PlantedFeatureRanksFirst)];

    private static void PlantedFeatureRanksFirst(Subject subject)
    {
        SimulatedSet set = subject.Set;
        Detector detector = subject.Fit(set.Training, steps: Steps, anomalies: set.Known);
        int first = 0, count = Math.Min(60, set.Training.Rows);
        for (int r = 0; r < count; r++)
        {
            float[] row = set.Training[r].ToArray();
            int planted = r % row.Length;
            row[planted] = (r & 1) == 0 ? 1 + Planted : -Planted;
            float[] contributions = detector.Explain(row);
            Assert.All(contributions, contribution => Assert.True(float.IsFinite(contribution)));
            first += contributions.Max() == contributions[planted] ? 1 : 0;
        }

        // The share is asked of the default options; the others' contributions are to be numbers.
        Assert.True(subject.Variant != Subject.Default || first >= LeastShare * count, $"In {first} of {count} rows the planted feature contributes most.");
    }
}
