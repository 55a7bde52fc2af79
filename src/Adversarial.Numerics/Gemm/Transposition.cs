using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Adversarial.Numerics;

/// <summary>Transposes matrices in registers, eight or four rows at a time.</summary>
internal static unsafe class Transposition
{
    /// <summary>y[j, i] = x[i, j] for x of [rows, columns].</summary>
    public static void Run(float* x, nint xRow, int rows, int columns, float* y, nint yRow)
    {
        int j = 0;
        if (Avx.IsSupported)
        {
            for (; j + 8 <= rows; j += 8)
                Eight(x + j * xRow, xRow, columns, y + j, yRow);
        }

        if (Sse.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            for (; j + 4 <= rows; j += 4)
                Four(x + j * xRow, xRow, columns, y + j, yRow);
        }

        for (; j < rows; j++)
        {
            float* source = x + j * xRow, target = y + j;
            for (int k = 0; k < columns; k++)
                target[k * yRow] = source[k];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(float* x, nint xRow, int columns, float* y, nint yRow)
    {
        // Strides in bytes, so that twice a stride is a mode of addressing.
        nint rowBytes = xRow * sizeof(float), row3 = 3 * rowBytes, widthBytes = yRow * sizeof(float), width3 = 3 * widthBytes;
        byte* p = (byte*)x, q = p + 4 * rowBytes, target = (byte*)y;
        int k = columns;
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
    private static void Four(float* x, nint xRow, int columns, float* y, nint yRow)
    {
        int k = columns;
        for (; k >= 4; k -= 4)
        {
            Vector128<float> r0 = Vector128.Load(x), r1 = Vector128.Load(x + xRow);
            Vector128<float> r2 = Vector128.Load(x + 2 * xRow), r3 = Vector128.Load(x + 3 * xRow);
            Vector128<float> even0 = ZipLow(r0, r2), even1 = ZipHigh(r0, r2), odd0 = ZipLow(r1, r3), odd1 = ZipHigh(r1, r3);
            ZipLow(even0, odd0).Store(y);
            ZipHigh(even0, odd0).Store(y + yRow);
            ZipLow(even1, odd1).Store(y + 2 * yRow);
            ZipHigh(even1, odd1).Store(y + 3 * yRow);
            x += 4;
            y += 4 * yRow;
        }

        for (; k > 0; k--)
        {
            for (int i = 0; i < 4; i++)
                y[i] = x[i * xRow];
            x++;
            y += yRow;
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
