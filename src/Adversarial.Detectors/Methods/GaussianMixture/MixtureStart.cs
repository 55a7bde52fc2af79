using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>Where expectation maximisation begins: k-means, from centres that are drawn far from each other (k-means++).</summary>
internal static class MixtureStart
{
    private const int MostIterations = 50;

    /// <summary>For each row its cluster, and the number of clusters: fewer where there are fewer different rows.</summary>
    public static (int[] Clusters, int Count) Of(KeptRows rows, int most, RandomDraws draws, Action check)
    {
        List<float[]> centres = Centres(rows, most, draws, check);
        var clusters = new int[rows.Count];
        for (int iteration = 0; iteration < MostIterations && Assign(rows, centres, clusters, check); iteration++)
            Move(rows, centres, clusters);
        return (clusters, centres.Count);
    }

    private static List<float[]> Centres(KeptRows rows, int most, RandomDraws draws, Action check)
    {
        var nearest = new double[rows.Count];
        Array.Fill(nearest, double.PositiveInfinity);
        var centres = new List<float[]> { rows[draws.Below(rows.Count)].ToArray() };
        while (centres.Count < most)
        {
            check();
            double total = 0;
            for (int r = 0; r < rows.Count; r++)
                total += nearest[r] = Math.Min(nearest[r], RowDistance.SquaredEuclidean(rows[r], centres[^1]));
            if (total == 0)
                break;
            double left = draws.Unit() * total;
            int drawn = Array.FindLastIndex(nearest, distance => distance > 0);
            for (int r = 0; r < rows.Count; r++)
            {
                left -= nearest[r];
                if (left < 0)
                {
                    drawn = r;
                    break;
                }
            }

            centres.Add(rows[drawn].ToArray());
        }

        return centres;
    }

    private static bool Assign(KeptRows rows, List<float[]> centres, int[] clusters, Action check)
    {
        bool changed = false;
        for (int r = 0; r < rows.Count; r++)
        {
            if (r % 4096 == 0)
                check();
            int best = 0;
            double least = double.PositiveInfinity;
            for (int k = 0; k < centres.Count; k++)
            {
                double distance = RowDistance.SquaredEuclidean(rows[r], centres[k]);
                if (distance < least)
                    (best, least) = (k, distance);
            }

            changed |= clusters[r] != best;
            clusters[r] = best;
        }

        return changed;
    }

    private static void Move(KeptRows rows, List<float[]> centres, int[] clusters)
    {
        var sums = new double[centres.Count * rows.Columns];
        var counts = new int[centres.Count];
        for (int r = 0; r < rows.Count; r++)
        {
            ReadOnlySpan<float> row = rows[r];
            counts[clusters[r]]++;
            for (int c = 0; c < row.Length; c++)
                sums[clusters[r] * rows.Columns + c] += row[c];
        }

        for (int k = 0; k < centres.Count; k++)
        {
            for (int c = 0; counts[k] > 0 && c < rows.Columns; c++)
                centres[k][c] = (float)(sums[k * rows.Columns + c] / counts[k]);
        }
    }
}
