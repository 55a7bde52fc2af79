using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Rows as a model would have scored them.</summary>
internal sealed record ScoredRows(float[] Scores, bool[] Anomalous, bool[] Flagged)
{
    /// <summary>Two overlapping classes, no two scores equal.</summary>
    public static ScoredRows Drawn(float threshold, int seed = 1)
    {
        var random = new Random(seed);
        bool[] anomalous = [.. Enumerable.Range(0, 400).Select(r => r % 5 == 2)];
        float[] scores = [.. anomalous.Select(bad => (float)(random.NextDouble() - 0.5 + (bad ? 0.4 : 0)))];
        return new ScoredRows(scores, anomalous, [.. scores.Select(score => score > threshold)]);
    }

    /// <summary>Eight rows with a tie and two scores that are missing; the figures are worked out by hand in the tests.</summary>
    public static ScoredRows ByHand { get; } = new(
        [0.5f, 0.9f, 0.8f, 0.8f, float.NaN, 0.4f, 0.3f, float.NaN],
        [false, true, false, true, true, true, false, false],
        [false, true, true, true, true, false, false, false]);

    public TableView Table(params TableColumn[] labels) => new(Scores.Length,
    [
        TableColumn.Of("Score", NumberDataViewType.Single, Scores),
        TableColumn.Of("PredictedLabel", BooleanDataViewType.Instance, Flagged),
        .. labels,
    ]);

    /// <summary>A column "Label", or of another name.</summary>
    public TableColumn Label<T>(DataViewType type, T normal, T anomalous, string name = "Label") =>
        TableColumn.Of(name, type, [.. Anomalous.Select(bad => bad ? anomalous : normal)]);

    /// <summary>With Boolean labels.</summary>
    public TableView Labelled() => Table(Label(BooleanDataViewType.Instance, false, true));
}
