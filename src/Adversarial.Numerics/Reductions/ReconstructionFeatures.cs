using System.Numerics;

namespace Adversarial.Numerics;

/// <summary>How a row and its reconstruction differ, as two numbers: relative distance and cosine. One thread.</summary>
public static class ReconstructionFeatures
{
    // Rows of zeros have no direction.
    private const double LeastNorm = 1e-6;

    /// <summary>y[r] = |a - b| / |a|, a'b / (|a| |b|) of row a and its reconstruction b; norms are at least 1e-6 where they divide.</summary>
    /// <param name="a">The rows, [rows, columns].</param>
    /// <param name="lda">Their row stride.</param>
    /// <param name="b">The reconstructions, [rows, columns].</param>
    /// <param name="ldb">Their row stride.</param>
    /// <param name="y">The result, [rows, 2].</param>
    /// <param name="ldy">Its row stride.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    public static void Forward<T>(ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> b, int ldb, Span<T> y, int ldy, int rows, int columns)
        where T : struct, INumberBase<T>
    {
        for (int r = 0; r < rows; r++)
        {
            (double product, double ofA, double ofB, double distance) = Sums(a.Slice(r * lda, columns), b.Slice(r * ldb, columns));
            y[r * ldy] = T.CreateTruncating(distance / Math.Max(ofA, LeastNorm));
            y[r * ldy + 1] = T.CreateTruncating(product / (Math.Max(ofA, LeastNorm) * Math.Max(ofB, LeastNorm)));
        }
    }

    /// <summary>db += the gradient of <see cref="Forward"/>; the rows are constants.</summary>
    /// <param name="a">The rows, [rows, columns].</param>
    /// <param name="lda">Their row stride.</param>
    /// <param name="b">The reconstructions, [rows, columns].</param>
    /// <param name="ldb">Their row stride.</param>
    /// <param name="dy">Gradient of the result, [rows, 2].</param>
    /// <param name="lddy">Its row stride.</param>
    /// <param name="db">Gradient of the reconstructions, added to what is there.</param>
    /// <param name="lddb">Its row stride.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    public static void Backward<T>(ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> b, int ldb, ReadOnlySpan<T> dy, int lddy, Span<T> db, int lddb,
        int rows, int columns)
        where T : struct, INumberBase<T>
    {
        for (int r = 0; r < rows; r++)
        {
            (double product, double ofA, double ofB, double distance) = Sums(a.Slice(r * lda, columns), b.Slice(r * ldb, columns));
            double first = double.CreateTruncating(dy[r * lddy]), second = double.CreateTruncating(dy[r * lddy + 1]);
            double away = distance > 0 ? first / (distance * Math.Max(ofA, LeastNorm)) : 0;
            double along = second / (Math.Max(ofA, LeastNorm) * Math.Max(ofB, LeastNorm));
            double back = ofB > LeastNorm ? along * product / (ofB * ofB) : 0;
            for (int c = 0; c < columns; c++)
            {
                double x = double.CreateTruncating(a[r * lda + c]), z = double.CreateTruncating(b[r * ldb + c]);
                ref T place = ref db[r * lddb + c];
                place = T.CreateTruncating(double.CreateTruncating(place) + away * (z - x) + along * x - back * z);
            }
        }
    }

    private static (double Product, double OfA, double OfB, double Distance) Sums<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : struct, INumberBase<T>
    {
        double product = 0, ofA = 0, ofB = 0, distance = 0;
        for (int c = 0; c < a.Length; c++)
        {
            double x = double.CreateTruncating(a[c]), z = double.CreateTruncating(b[c]);
            product += x * z;
            ofA += x * x;
            ofB += z * z;
            distance += (x - z) * (x - z);
        }

        return (product, Math.Sqrt(ofA), Math.Sqrt(ofB), Math.Sqrt(distance));
    }
}
