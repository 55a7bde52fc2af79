using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>Rows in [0, 1] of a few hidden factors, a half of their features near 0 or 1 as encoded categories are.</summary>
internal static class SimulatedRows
{
    public static FeatureMatrix Make(int rows, int columns, int seed)
    {
        const int Factors = 6;
        var random = new Random(seed);
        double[] loadings = [.. Enumerable.Range(0, Factors * columns).Select(_ => 2 * random.NextDouble() - 1)];
        var matrix = new FeatureMatrix(columns);
        double[] factors = new double[Factors];
        for (int r = 0; r < rows; r++)
        {
            for (int f = 0; f < Factors; f++)
                factors[f] = 2 * random.NextDouble() - 1;
            Span<float> row = matrix.AppendRow();
            for (int c = 0; c < columns; c++)
            {
                double value = 0;
                for (int f = 0; f < Factors; f++)
                    value += factors[f] * loadings[f * columns + c];
                row[c] = (float)(1 / (1 + Math.Exp(-(c % 2 == 0 ? 2 : 20) * value)));
            }
        }

        return matrix;
    }
}
