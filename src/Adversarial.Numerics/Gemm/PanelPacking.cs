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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* b, nint step, int depth, int vectors, int last, float* end, float* packed)
    {
        int width = TSimd.Count;
        int whole = vectors - 1;
        for (int k = 0; k < depth; k++)
        {
            TSimd.Store(TSimd.Load(b), packed);
            if (whole > 1)
                TSimd.Store(TSimd.Load(b + width), packed + width);
            float* edge = b + whole * width;
            // Reading on into the next row is harmless and cheaper than a masked load; past the matrix it is not.
            TVector value = edge + width <= end ? TSimd.Load(edge) : TSimd.LoadPartial(edge, last);
            TSimd.Store(value, packed + whole * width);
            b += step;
            packed += vectors * width;
        }
    }

    /// <summary>The same for a B that is stored transposed: row j of b holds column j of the panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* b, nint row, int depth, int vectors, int last, float* packed)
    {
        nint width = vectors * TSimd.Count;
        int columns = (int)width - TSimd.Count + last;
        int group = Avx.IsSupported && TSimd.Count >= 8 ? 8 : 4;
        for (int j = 0; j < columns; j += group)
        {
            int k = 0;
            if (group == 8)
            {
                float* r0 = b + j * row, r1 = Row(b, row, j + 1, columns), r2 = Row(b, row, j + 2, columns);
                float* r3 = Row(b, row, j + 3, columns), r4 = Row(b, row, j + 4, columns), r5 = Row(b, row, j + 5, columns);
                float* r6 = Row(b, row, j + 6, columns), r7 = Row(b, row, j + 7, columns);
                for (; k + 4 <= depth; k += 4)
                    Transpose(Pair(r0 + k, r4 + k), Pair(r1 + k, r5 + k), Pair(r2 + k, r6 + k), Pair(r3 + k, r7 + k), packed + k * width + j, width);
            }
            else if (Sse.IsSupported || AdvSimd.Arm64.IsSupported)
            {
                float* r0 = b + j * row, r1 = Row(b, row, j + 1, columns), r2 = Row(b, row, j + 2, columns);
                float* r3 = Row(b, row, j + 3, columns);
                for (; k + 4 <= depth; k += 4)
                    Transpose(Vector128.Load(r0 + k), Vector128.Load(r1 + k), Vector128.Load(r2 + k), Vector128.Load(r3 + k), packed + k * width + j, width);
            }

            for (; k < depth; k++)
            {
                for (int i = 0; i < group; i++)
                    packed[k * width + j + i] = Row(b, row, j + i, columns)[k];
            }
        }
    }

    // Columns that do not exist repeat the last one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Row(float* b, nint row, int j, int columns) => b + Math.Min(j, columns - 1) * row;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3, float* target, nint width)
    {
        Vector256<float> even0 = Avx.UnpackLow(r0, r2), even1 = Avx.UnpackHigh(r0, r2);
        Vector256<float> odd0 = Avx.UnpackLow(r1, r3), odd1 = Avx.UnpackHigh(r1, r3);
        Avx.UnpackLow(even0, odd0).Store(target);
        Avx.UnpackHigh(even0, odd0).Store(target + width);
        Avx.UnpackLow(even1, odd1).Store(target + 2 * width);
        Avx.UnpackHigh(even1, odd1).Store(target + 3 * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        Vector128<float> r0, Vector128<float> r1, Vector128<float> r2, Vector128<float> r3, float* target, nint width)
    {
        Vector128<float> even0 = ZipLow(r0, r2), even1 = ZipHigh(r0, r2), odd0 = ZipLow(r1, r3), odd1 = ZipHigh(r1, r3);
        ZipLow(even0, odd0).Store(target);
        ZipHigh(even0, odd0).Store(target + width);
        ZipLow(even1, odd1).Store(target + 2 * width);
        ZipHigh(even1, odd1).Store(target + 3 * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);
}
