namespace Microsoft.ML.Data;

/// <summary>Areas under curves over scored examples, the positive ones scored high.</summary>
internal static class RocCurve
{
    /// <summary>The chance that a positive outscores a negative; ties count one half.</summary>
    internal static double Area(List<(bool Positive, float Score)> examples)
    {
        long positives = examples.LongCount(example => example.Positive);
        long negatives = examples.Count - positives;
        if (positives == 0)
            throw new ArgumentOutOfRangeException("PosSample", "AUC is not defined when there is no positive class in the data");
        if (negatives == 0)
            throw new ArgumentOutOfRangeException("NegSample", "AUC is not defined when there is no negative class in the data");

        (bool Positive, float Score)[] sorted = [.. examples];
        Array.Sort(sorted, (a, b) => a.Score.CompareTo(b.Score));
        double wins = 0;
        long below = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            long tiedPositives = 0;
            for (end = start; end < sorted.Length && sorted[end].Score == sorted[start].Score; end++)
            {
                if (sorted[end].Positive)
                    tiedPositives++;
            }
            long tiedNegatives = end - start - tiedPositives;
            wins += tiedPositives * (below + tiedNegatives / 2.0);
            below += tiedNegatives;
        }
        return wins / positives / negatives;
    }

    /// <summary>Precision integrated over recall by trapezoids, one for each positive; tied scores stay in row order.</summary>
    internal static double PrecisionRecallArea(List<(bool Positive, float Score)> examples)
    {
        double area = 0;
        double precision = 1;
        long positives = 0;
        long seen = 0;
        foreach ((bool positive, float _) in examples.OrderByDescending(example => example.Score))
        {
            seen++;
            double next = (positives + (positive ? 1.0 : 0)) / seen;
            if (positive)
            {
                positives++;
                area += (precision + next) / 2;
            }
            precision = next;
        }
        return positives == 0 ? double.NaN : area / positives;
    }
}
