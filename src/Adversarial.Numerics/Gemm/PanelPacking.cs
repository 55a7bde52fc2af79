using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Adversarial.Numerics;

/// <summary>
/// Copies a panel of B so that its steps lie one behind the other, in whole vectors. What stands in the lanes past the last column
/// is of no importance: those lanes never reach C.
/// </summary>
internal static unsafe class PanelPacking<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <param name="b">The panel's first element.</param>
    /// <param name="step">From one step to the next in b.</param>
    /// <param name="depth">The number of steps.</param>
    /// <param name="vectors">The panel's vectors.</param>
    /// <param name="last">The columns of the last vector that exist.</param>
    /// <param name="end">The end of the memory that may be read.</param>
    /// <param name="packed">The target.</param>
    public static void Copy(float* b, nint step, int depth, int vectors, int last, float* end, float* packed)
    {
        // Reading on into the next row is harmless and cheaper than a masked load; past the matrix it is not.
        int safe = SafeSteps(b + vectors * TSimd.Count, step, depth, end);
        switch (vectors)
        {
            case 1:
                Whole<Vectors1>(b, step, safe, packed);
                break;
            case 2:
                Whole<Vectors2>(b, step, safe, packed);
                break;
            default:
                Whole<Vectors3>(b, step, safe, packed);
                break;
        }

        int width = TSimd.Count;
        for (int k = safe; k < depth; k++)
        {
            float* source = b + k * step, target = packed + k * vectors * width;
            for (int v = 0; v < vectors; v++)
                TSimd.Store(v == vectors - 1 ? TSimd.LoadPartial(source + v * width, last) : TSimd.Load(source + v * width), target + v * width);
        }
    }

    /// <summary>How many of the steps may be read in whole vectors up to <paramref name="edge"/> without passing the end.</summary>
    public static int SafeSteps(float* edge, nint step, int depth, float* end)
    {
        int safe = depth;
        while (safe > 0 && edge + (safe - 1) * step > end)
            safe--;
        return safe;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Whole<TVectors>(float* b, nint step, int depth, float* packed)
        where TVectors : struct, IVectors
    {
        int width = TSimd.Count;
        int k = depth;
        for (; k >= 2; k -= 2)
        {
            TVector x0 = TSimd.Load(b), y0 = TSimd.Load(b + step);
            TSimd.Store(x0, packed);
            TSimd.Store(y0, packed + TVectors.Count * width);
            if (TVectors.Count > 1)
            {
                TVector x1 = TSimd.Load(b + width), y1 = TSimd.Load(b + step + width);
                TSimd.Store(x1, packed + width);
                TSimd.Store(y1, packed + (TVectors.Count + 1) * width);
            }

            if (TVectors.Count > 2)
            {
                TVector x2 = TSimd.Load(b + 2 * width), y2 = TSimd.Load(b + step + 2 * width);
                TSimd.Store(x2, packed + 2 * width);
                TSimd.Store(y2, packed + (TVectors.Count + 2) * width);
            }

            b += 2 * step;
            packed += 2 * TVectors.Count * width;
        }

        if (k > 0)
        {
            for (int v = 0; v < TVectors.Count; v++)
                TSimd.Store(TSimd.Load(b + v * width), packed + v * width);
        }
    }

    /// <summary>The same for a B that is stored transposed: row j of b holds column j of the panel.</summary>
    public static void Transpose(float* b, nint row, int depth, int vectors, int last, float* packed)
    {
        nint width = vectors * TSimd.Count;
        int columns = (int)width - TSimd.Count + last, j = 0;
        if (Avx.IsSupported)
        {
            for (; j + 8 <= columns; j += 8)
                Eight(b + j * row, row, depth, packed + j, width);
        }

        if (Sse.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            for (; j + 4 <= columns; j += 4)
                Four(b + j * row, row, depth, packed + j, width);
        }

        for (; j < columns; j++)
        {
            float* source = b + j * row, target = packed + j;
            for (int k = 0; k < depth; k++)
                target[k * width] = source[k];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(float* b, nint row, int depth, float* packed, nint width)
    {
        // Strides in bytes, so that twice a stride is a mode of addressing.
        nint rowBytes = row * sizeof(float), row3 = 3 * rowBytes, widthBytes = width * sizeof(float), width3 = 3 * widthBytes;
        byte* p = (byte*)b, q = p + 4 * rowBytes, target = (byte*)packed;
        int k = depth;
        for (; k >= 4; k -= 4)
        {
            Vector256<float> r0 = Pair(p, q), r1 = Pair(p + rowBytes, q + rowBytes);
            Vector256<float> r2 = Pair(p + 2 * rowBytes, q + 2 * rowBytes), r3 = Pair(p + row3, q + row3);
            Vector256<float> even0 = Avx.UnpackLow(r0, r2), even1 = Avx.UnpackHigh(r0, r2);
            Vector256<float> odd0 = Avx.UnpackLow(r1, r3), odd1 = Avx.UnpackHigh(r1, r3);
            Avx.UnpackLow(even0, odd0).Store((float*)target);
            Avx.UnpackHigh(even0, odd0).Store((float*)(target + widthBytes));
            Avx.UnpackLow(even1, odd1).Store((float*)(target + 2 * widthBytes));
            Avx.UnpackHigh(even1, odd1).Store((float*)(target + width3));
            p += 4 * sizeof(float);
            q += 4 * sizeof(float);
            target += 4 * widthBytes;
        }

        for (; k > 0; k--)
        {
            for (int i = 0; i < 8; i++)
                ((float*)target)[i] = *(float*)(p + i * rowBytes);
            p += sizeof(float);
            target += widthBytes;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(float* b, nint row, int depth, float* packed, nint width)
    {
        int k = depth;
        for (; k >= 4; k -= 4)
        {
            Vector128<float> r0 = Vector128.Load(b), r1 = Vector128.Load(b + row);
            Vector128<float> r2 = Vector128.Load(b + 2 * row), r3 = Vector128.Load(b + 3 * row);
            Vector128<float> even0 = ZipLow(r0, r2), even1 = ZipHigh(r0, r2), odd0 = ZipLow(r1, r3), odd1 = ZipHigh(r1, r3);
            ZipLow(even0, odd0).Store(packed);
            ZipHigh(even0, odd0).Store(packed + width);
            ZipLow(even1, odd1).Store(packed + 2 * width);
            ZipHigh(even1, odd1).Store(packed + 3 * width);
            b += 4;
            packed += 4 * width;
        }

        for (; k > 0; k--)
        {
            for (int i = 0; i < 4; i++)
                packed[i] = b[i * row];
            b++;
            packed += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(byte* low, byte* high) =>
        Vector256.Create(Vector128.Load((float*)low), Vector128.Load((float*)high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);
}
