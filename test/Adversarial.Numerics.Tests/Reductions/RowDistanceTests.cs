namespace Adversarial.Numerics.Tests;

/// <summary>Distances of rows against their definition.</summary>
public class RowDistanceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(37)]
    public void Distances_are_those_of_the_definition(int columns)
    {
        const int Rows = 5;
        var random = new Random(columns);
        int strideA = columns + 2, strideB = columns + 3;
        float[] a = [.. Enumerable.Range(0, Rows * strideA).Select(_ => random.NextSingle() - 0.5f)];
        float[] b = [.. Enumerable.Range(0, Rows * strideB).Select(_ => random.NextSingle() - 0.5f)];
        var absolute = new float[Rows];
        var euclidean = new float[Rows];
        var norm = new float[Rows];
        RowDistance.Absolute(a, strideA, b, strideB, absolute, 1, Rows, columns);
        RowDistance.Euclidean(a, strideA, b, strideB, euclidean, 1, Rows, columns);
        RowDistance.Euclidean(a, strideA, [], 0, norm, 1, Rows, columns);
        for (int r = 0; r < Rows; r++)
        {
            double[] differences = [.. Enumerable.Range(0, columns).Select(c => (double)a[r * strideA + c] - b[r * strideB + c])];
            Assert.Equal((float)differences.Sum(Math.Abs), absolute[r], 1e-6f);
            Assert.Equal((float)Math.Sqrt(differences.Sum(d => d * d)), euclidean[r], 1e-6f);
            Assert.Equal((float)Math.Sqrt(Enumerable.Range(0, columns).Sum(c => (double)a[r * strideA + c] * a[r * strideA + c])), norm[r], 1e-6f);
        }
    }
}
