using System.Diagnostics;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>What a fitted candidate says of the test rows, and how good that is.</summary>
/// <param name="Scores">Its scores of the test rows, normal ones first.</param>
/// <param name="Metrics">How good they are; null without labels.</param>
/// <param name="Separation">Area under the ROC curve of normal test rows against counterexamples.</param>
/// <param name="FalseAlarmRate">Share of the normal test rows that it flags; NaN where it flags none at all.</param>
/// <param name="RowsPerSecond">Test rows scored a second.</param>
internal sealed record ModelTest(float[] Scores, DetectorMetrics? Metrics, double Separation, double FalseAlarmRate, double RowsPerSecond)
{
    private const int FalsePositiveCount = 10;

    public static ModelTest Of(ITransformer model, ComparisonData data, LabelColumn? label, double falseAlarmRate)
    {
        long begin = Stopwatch.GetTimestamp();
        (float[] scores, bool[]? flags) = Scored(model, data.Test);
        double rate = scores.Length / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        (float[] madeUp, _) = Scored(model, data.MadeUp);
        int normal = data.TestNormal.Length;
        bool[] anomalous = [.. Enumerable.Range(0, scores.Length).Select(i => i >= normal)];
        return new ModelTest(
            scores,
            label is null ? null : new DetectorMetrics(
                AnomalyMetrics.EvaluateFlagged(scores, anomalous, flags ?? new bool[scores.Length], FalsePositiveCount, falseAlarmRate), label.Normal, "", 0),
            AnomalyMetrics.Evaluate([.. scores[..normal], .. madeUp], [.. new bool[normal], .. madeUp.Select(_ => true)]).RocAuc,
            flags is null ? double.NaN : flags.Take(normal).Count(flag => flag) / (double)normal,
            rate);
    }

    /// <summary>Scores and flags of rows; no flags where the model gives none.</summary>
    public static (float[] Scores, bool[]? Flags) Scored(ITransformer model, IDataView rows)
    {
        IDataView scored = model.Transform(rows);
        if (scored.Schema.GetColumnOrNull(OwnColumn.ScoreName) is not { } score || score.Type != NumberDataViewType.Single)
            throw new InvalidOperationException($"The candidate gives no column '{OwnColumn.ScoreName}' of single numbers: end it with an anomaly detector.");
        float[] scores = [.. scored.GetColumn<float>(score)];
        return (scores, scored.Schema.GetColumnOrNull(OwnColumn.LabelName) is { } flag && flag.Type == BooleanDataViewType.Instance ? [.. scored.GetColumn<bool>(flag)] : null);
    }
}
