using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>
/// Sums over a row in double precision in a fixed order: element c goes to the same of four sums on every instruction set, the last few
/// to the total.
/// </summary>
internal static unsafe class RowSums
{
    public static double Sum(float* x, int length)
    {
        Vector256<double> sums = default;
        int c = 0;
        for (; c + 4 <= length; c += 4)
            sums += Widen(x + c);
        double total = Vector256.Sum(sums);
        for (; c < length; c++)
            total += x[c];
        return total;
    }

    public static double SquaredDifferences(float* x, int length, double center)
    {
        Vector256<double> sums = default, centers = Vector256.Create(center);
        int c = 0;
        for (; c + 4 <= length; c += 4)
        {
            Vector256<double> difference = Widen(x + c) - centers;
            sums += difference * difference;
        }

        double total = Vector256.Sum(sums);
        for (; c < length; c++)
            total += (x[c] - center) * (x[c] - center);
        return total;
    }

    /// <summary>The sum of x * y, and that of x * y * (z - center) * factor.</summary>
    public static (double Plain, double Normalized) Products(float* x, float* y, float* z, int length, double center, double factor)
    {
        Vector256<double> plain = default, normalized = default, centers = Vector256.Create(center), factors = Vector256.Create(factor);
        int c = 0;
        for (; c + 4 <= length; c += 4)
        {
            Vector256<double> product = Widen(x + c) * Widen(y + c);
            plain += product;
            normalized += product * ((Widen(z + c) - centers) * factors);
        }

        (double first, double second) = (Vector256.Sum(plain), Vector256.Sum(normalized));
        for (; c < length; c++)
        {
            double product = (double)x[c] * y[c];
            first += product;
            second += product * ((z[c] - center) * factor);
        }

        return (first, second);
    }

    private static Vector256<double> Widen(float* x)
    {
        Vector128<float> four = Vector128.Load(x);
        return Vector256.Create(Vector128.WidenLower(four), Vector128.WidenUpper(four));
    }
}
