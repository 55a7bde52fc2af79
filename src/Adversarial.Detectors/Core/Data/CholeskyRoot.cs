namespace Adversarial.Detectors;

/// <summary>The root L of a symmetric positive matrix, L L' = A: a lower triangle, row by row in an array of the whole square.</summary>
internal static class CholeskyRoot
{
    /// <summary>The root of a matrix whose lower triangle is given; pivots below <paramref name="leastPivot"/> are raised to it.</summary>
    public static double[] Of(double[] matrix, int size, double leastPivot)
    {
        var root = new double[matrix.Length];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double left = matrix[i * size + j] - DoubleVectors.Dot(root.AsSpan(i * size, j), root.AsSpan(j * size, j));
                root[i * size + j] = i == j ? Math.Sqrt(Math.Max(left, leastPivot)) : left / root[j * size + j];
            }
        }

        return root;
    }

    /// <summary>L x = b, in place.</summary>
    public static void Solve(double[] root, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (values[i] - DoubleVectors.Dot(root.AsSpan(i * values.Length, i), values[..i])) / root[i * values.Length + i];
    }

    /// <summary>L' x = b, in place.</summary>
    public static void SolveTransposed(double[] root, Span<double> values)
    {
        for (int i = values.Length - 1; i >= 0; i--)
        {
            values[i] /= root[i * values.Length + i];
            DoubleVectors.Add(-values[i], root.AsSpan(i * values.Length, i), values[..i]);
        }
    }
}
