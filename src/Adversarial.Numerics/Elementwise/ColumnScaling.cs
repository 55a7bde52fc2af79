using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Affine scaling of a row, each column by its own numbers, in double precision: the same bits on every instruction set.</summary>
public static unsafe class ColumnScaling
{
    /// <summary>y[c] = (x[c] - offset[c]) * scale[c], cut to [-limit, limit].</summary>
    /// <param name="x">The row.</param>
    /// <param name="offset">What is subtracted, for each column.</param>
    /// <param name="scale">What multiplies the difference, for each column.</param>
    /// <param name="limit">The largest magnitude of a result.</param>
    /// <param name="y">The result; must not overlap <paramref name="x"/>.</param>
    /// <returns>Whether all of the row is finite; results of other elements are undefined.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static bool Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> offset, ReadOnlySpan<float> scale, float limit, Span<float> y)
    {
        Guard.Same(offset.Length, x.Length, nameof(offset));
        Guard.Same(scale.Length, x.Length, nameof(scale));
        Guard.Same(y.Length, x.Length, nameof(y));
        bool finite = true;
        if (x.Length < Vector256<float>.Count)
        {
            for (int c = 0; c < x.Length; c++)
            {
                y[c] = (float)Math.Clamp(((double)x[c] - offset[c]) * scale[c], -limit, limit);
                finite &= float.IsFinite(x[c]);
            }

            return finite;
        }

        Vector256<float> zero = default;
        fixed (float* px = x, pOffset = offset, pScale = scale, py = y)
        {
            int last = x.Length - Vector256<float>.Count;
            for (int c = 0; ; c = Math.Min(c + Vector256<float>.Count, last))
            {
                Vector256<float> row = Vector256.Load(px + c), o = Vector256.Load(pOffset + c), s = Vector256.Load(pScale + c);

                // Zero times anything but a finite number is NaN, and NaN stays.
                zero += row * Vector256<float>.Zero;
                Vector256<double> lower = (Vector256.WidenLower(row) - Vector256.WidenLower(o)) * Vector256.WidenLower(s);
                Vector256<double> upper = (Vector256.WidenUpper(row) - Vector256.WidenUpper(o)) * Vector256.WidenUpper(s);
                Vector256.Narrow(Cut(lower, limit), Cut(upper, limit)).Store(py + c);
                if (c == last)
                    break;
            }
        }

        return Vector256.EqualsAll(zero, Vector256<float>.Zero);
    }

    /// <summary>
    /// y[c] = x[c], cut to [-limit, limit]: the bits of the general scaling by offsets 0 and scales 1, at a fraction of its work.
    /// </summary>
    /// <inheritdoc cref="Apply(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, float, Span{float})"/>
    public static bool Apply(ReadOnlySpan<float> x, float limit, Span<float> y)
    {
        Guard.Same(y.Length, x.Length, nameof(y));
        if (x.Length < Vector256<float>.Count)
        {
            bool finite = true;
            for (int c = 0; c < x.Length; c++)
            {
                y[c] = Math.Clamp(x[c], -limit, limit);
                finite &= float.IsFinite(x[c]);
            }

            return finite;
        }

        Vector256<float> zero = default, most = Vector256.Create(limit);
        fixed (float* px = x, py = y)
        {
            int last = x.Length - Vector256<float>.Count;
            for (int c = 0; ; c = Math.Min(c + Vector256<float>.Count, last))
            {
                Vector256<float> row = Vector256.Load(px + c);
                zero += row * Vector256<float>.Zero;
                Vector256.MaxNative(Vector256.MinNative(row, most), -most).Store(py + c);
                if (c == last)
                    break;
            }
        }

        return Vector256.EqualsAll(zero, Vector256<float>.Zero);
    }

    private static Vector256<double> Cut(Vector256<double> x, double limit) =>
        Vector256.MaxNative(Vector256.MinNative(x, Vector256.Create(limit)), Vector256.Create(-limit));
}
