namespace Microsoft.ML.Adversarial;

/// <summary>Curves of scores against labels. Equal scores are one step: the order of rows does not matter.</summary>
internal sealed class ScoreCurves
{
    private readonly List<(float Score, int Normal, int Anomalous)> _steps = [];

    /// <param name="scores">Higher is more anomalous; none is NaN.</param>
    /// <param name="anomalous">The truth, as many.</param>
    public ScoreCurves(float[] scores, IReadOnlyList<bool> anomalous)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(Array.ConvertAll(scores, score => -score), order);
        for (int i = 0; i < order.Length; i++)
        {
            (NormalRows, Anomalies) = anomalous[order[i]] ? (NormalRows, Anomalies + 1) : (NormalRows + 1, Anomalies);
            if (i + 1 == order.Length || !scores[order[i]].Equals(scores[order[i + 1]]))
                _steps.Add((scores[order[i]], NormalRows, Anomalies));
        }
    }

    public int NormalRows { get; }

    public int Anomalies { get; }

    /// <summary>Share of anomalies found over the share of normal rows flagged.</summary>
    public IReadOnlyList<(double X, double Y)> Roc() =>
        Thinned([(0, 0), .. _steps.Select(step => (step.Normal / (double)NormalRows, step.Anomalous / (double)Anomalies))]);

    /// <summary>Share of anomalies among flagged rows over the share of anomalies found.</summary>
    public IReadOnlyList<(double X, double Y)> Precision() =>
        Thinned([.. _steps.Where(step => step.Anomalous > 0).Select(step => (step.Anomalous / (double)Anomalies, step.Anomalous / (double)(step.Anomalous + step.Normal)))]);

    /// <summary>The lowest threshold that at most a share of the normal rows lies above, and what it finds.</summary>
    public FalseAlarmLevel At(double rate)
    {
        // 0.29 * 100 is 28.999999999999996: what is meant are 29 rows.
        int allowed = (int)Math.Floor(rate * NormalRows + 1e-9);
        int last = _steps.FindLastIndex(step => step.Normal <= allowed);
        float threshold = last + 1 < _steps.Count ? _steps[last + 1].Score : float.MinValue;
        (_, int normal, int found) = last < 0 ? (0, 0, 0) : _steps[last];
        return new FalseAlarmLevel
        {
            AllowedRate = rate,
            Threshold = threshold,
            FalseAlarmRate = normal / (double)NormalRows,
            DetectionRate = Anomalies == 0 ? double.NaN : found / (double)Anomalies,
            Precision = Anomalies == 0 || found + normal == 0 ? double.NaN : found / (double)(found + normal),
        };
    }

    // A point for each pixel that the curve moves on.
    private static (double X, double Y)[] Thinned((double X, double Y)[] points)
    {
        const double Pixel = 0.002;
        var kept = new List<(double X, double Y)>();
        for (int i = 0; i < points.Length; i++)
        {
            if (i == 0 || i == points.Length - 1 || Math.Abs(points[i].X - kept[^1].X) + Math.Abs(points[i].Y - kept[^1].Y) > Pixel)
                kept.Add(points[i]);
        }

        return [.. kept];
    }
}
