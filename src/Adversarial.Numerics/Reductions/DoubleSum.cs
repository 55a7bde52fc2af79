using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>
/// A sum in double precision in a fixed order: element i goes to the same of sixteen sums on every instruction set, and these are
/// added in one order in the end.
/// </summary>
internal unsafe struct DoubleSum
{
    /// <summary>Elements that are taken together; only the last piece may be shorter.</summary>
    public const int Block = 16;

    private Vector256<double> _sum0;
    private Vector256<double> _sum1;
    private Vector256<double> _sum2;
    private Vector256<double> _sum3;

    /// <summary>The total so far.</summary>
    public readonly double Total => Vector256.Sum(_sum0 + _sum1 + (_sum2 + _sum3));

    /// <summary>Adds elements; all calls but the last add a multiple of <see cref="Block"/>.</summary>
    public void Add(float* x, nint length)
    {
        Vector256<double> sum0 = _sum0, sum1 = _sum1, sum2 = _sum2, sum3 = _sum3;
        nint i = 0;
        for (; i + Block <= length; i += Block)
        {
            Vector256<float> low = Vector256.Load(x + i), high = Vector256.Load(x + i + 8);
            sum0 += Vector256.WidenLower(low);
            sum1 += Vector256.WidenUpper(low);
            sum2 += Vector256.WidenLower(high);
            sum3 += Vector256.WidenUpper(high);
        }

        (_sum0, _sum1, _sum2, _sum3) = (sum0, sum1, sum2, sum3);
        if (i < length)
        {
            float* rest = stackalloc float[Block];
            Unsafe.InitBlockUnaligned(rest, 0, Block * sizeof(float));
            Unsafe.CopyBlockUnaligned(rest, x + i, (uint)(length - i) * sizeof(float));
            Add(rest, Block);
        }
    }

    /// <summary>Adds products of elements; the product of two floats is exact in double precision.</summary>
    public void AddProducts(float* x, float* y, nint length)
    {
        Vector256<double> sum0 = _sum0, sum1 = _sum1, sum2 = _sum2, sum3 = _sum3;
        nint i = 0;
        for (; i + Block <= length; i += Block)
        {
            Vector256<float> x0 = Vector256.Load(x + i), x1 = Vector256.Load(x + i + 8);
            Vector256<float> y0 = Vector256.Load(y + i), y1 = Vector256.Load(y + i + 8);
            sum0 += Vector256.WidenLower(x0) * Vector256.WidenLower(y0);
            sum1 += Vector256.WidenUpper(x0) * Vector256.WidenUpper(y0);
            sum2 += Vector256.WidenLower(x1) * Vector256.WidenLower(y1);
            sum3 += Vector256.WidenUpper(x1) * Vector256.WidenUpper(y1);
        }

        (_sum0, _sum1, _sum2, _sum3) = (sum0, sum1, sum2, sum3);
        if (i < length)
        {
            float* rest = stackalloc float[2 * Block];
            Unsafe.InitBlockUnaligned(rest, 0, 2 * Block * sizeof(float));
            Unsafe.CopyBlockUnaligned(rest, x + i, (uint)(length - i) * sizeof(float));
            Unsafe.CopyBlockUnaligned(rest + Block, y + i, (uint)(length - i) * sizeof(float));
            AddProducts(rest, rest + Block, Block);
        }
    }
}
