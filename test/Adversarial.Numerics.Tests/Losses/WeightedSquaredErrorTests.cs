namespace Adversarial.Numerics.Tests;

public class WeightedSquaredErrorTests
{
    private const int Rows = 5;

    [Fact]
    public void AllSetsAgreeWithDoublePrecision()
    {
        foreach (int columns in (int[])[1, 7, 16, 33, 256, 300])
        {
            int ld = columns + 3;
            float[] x = TestData.Floats(Rows * ld, 1), t = TestData.Floats(Rows * ld, 2), w = TestData.Floats(columns, 3, 0, 2);
            double sum = 0;
            float[] expected = TestData.Floats(x.Length, 4);
            for (int r = 0; r < Rows; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    double difference = (double)x[r * ld + c] - t[r * ld + c];
                    sum += w[c] * difference * difference;
                    expected[r * ld + c] += (float)(0.5 / Rows * 2 * w[c] * difference);
                }
            }

            (double, float[])? narrow = null;
            foreach (InstructionSet set in TestData.AllSets)
            {
                using IDisposable forced = Kernels.Force(set);
                float[] dx = TestData.Floats(x.Length, 4), fresh = new float[x.Length], zero = new float[x.Length];
                double value = WeightedSquaredError.Value(x, ld, t, ld, w, Rows, columns);
                Assert.Equal(sum / Rows, value, 1e-6 * (1 + sum));
                WeightedSquaredError.Gradient(x, ld, t, ld, w, 0.5f, dx, ld, Rows, columns, accumulate: true);
                TestData.Near(expected, dx, 1e-5f, 1e-6f, $"{set} {columns}");
                WeightedSquaredError.Gradient(x, ld, t, ld, w, 0.5f, fresh, ld, Rows, columns, accumulate: false);
                WeightedSquaredError.Gradient(x, ld, t, ld, w, 0.5f, zero, ld, Rows, columns, accumulate: true);
                TestData.SameBits(zero, fresh, $"{set} {columns}");
                if (set == InstructionSet.Reference)
                    continue;
                narrow ??= (value, dx);
                Assert.Equal(narrow.Value.Item1, value);
                TestData.SameBits(narrow.Value.Item2, dx, $"{set} {columns}");
            }
        }
    }

    [Fact]
    public void NoRowsAndAnotherNumberOfWeightsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => WeightedSquaredError.Value([], 1, [], 1, [1], 0, 1));
        Assert.Throws<ArgumentException>(() => WeightedSquaredError.Value([1], 1, [1], 1, [1, 1], 1, 1));
    }
}
