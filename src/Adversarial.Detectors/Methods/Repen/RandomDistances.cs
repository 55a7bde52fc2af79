using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// LeSiNN (Pang, Ting and Albrecht 2015), an ensemble of random distances: a row's score is its distance from the nearest row of a small sample, a mean over
/// samples.
/// </summary>
internal static class RandomDistances
{
    private const ulong SamplePurpose = 1UL << 62;

    // As in the authors' code: the samples do not change with the seed of the fit.
    private const ulong Seed = 42;

    /// <summary>
    /// Places of the samples' rows, one sample behind another. No sample has more than half of the rows, lest each row be in all of them; a smaller one has
    /// rows more than once.
    /// </summary>
    public static int[] Samples(int rows, int samples, int sampleSize)
    {
        var places = new int[samples * sampleSize];
        for (int m = 0; m < samples; m++)
        {
            int[] drawn = new RandomDraws(new RandomStream(Seed, SamplePurpose, (ulong)m)).Sample(rows, Math.Min(sampleSize, Math.Max(1, rows / 2)));
            for (int p = 0; p < sampleSize; p++)
                places[m * sampleSize + p] = drawn[p % drawn.Length];
        }

        return places;
    }

    /// <summary>The scores of the training rows. A row that is in a sample has the distance 0 from it.</summary>
    public static double[] Of(TrainingData data, int samples, int sampleSize)
    {
        int columns = data.Normal.Columns;
        int[] places = Samples(data.Rows, samples, sampleSize);
        var sampled = new float[places.Length * columns];
        for (int i = 0; i < places.Length; i++)
            data.Scaling.Apply(data.TrainingRow(places[i]), sampled.AsSpan(i * columns, columns));
        var scores = new double[data.Rows];
        var row = new float[columns];
        for (int r = 0; r < scores.Length; r++)
        {
            data.Scaling.Apply(data.TrainingRow(r), row);
            for (int m = 0; m < samples; m++)
            {
                double nearest = double.PositiveInfinity;
                for (int p = m * sampleSize; p < (m + 1) * sampleSize; p++)
                    nearest = Math.Min(nearest, RowDistance.SquaredEuclidean(row, sampled.AsSpan(p * columns, columns)));
                scores[r] += Math.Sqrt(nearest) / samples;
            }
        }

        return scores;
    }
}
