using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>What the kernels of images do with a few neighbouring numbers; no order of sums is involved, so all widths give the same bits.</summary>
internal static unsafe class PixelRuns
{
    /// <summary>y = x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* x, float* y, int count)
    {
        int i = 0;
        for (; i <= count - 8; i += 8)
            Vector256.Store(Vector256.Load(x + i), y + i);
        for (; i <= count - 4; i += 4)
            Vector128.Store(Vector128.Load(x + i), y + i);
        for (; i < count; i++)
            y[i] = x[i];
    }

    /// <summary>y += x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float* x, float* y, int count)
    {
        int i = 0;
        for (; i <= count - 8; i += 8)
            Vector256.Store(Vector256.Load(y + i) + Vector256.Load(x + i), y + i);
        for (; i <= count - 4; i += 4)
            Vector128.Store(Vector128.Load(y + i) + Vector128.Load(x + i), y + i);
        for (; i < count; i++)
            y[i] += x[i];
    }

    /// <summary>y (+)= scale * x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(float* x, float scale, float* y, int count, bool accumulate)
    {
        for (int i = 0; i < count; i++)
            y[i] = accumulate ? MathF.FusedMultiplyAdd(scale, x[i], y[i]) : scale * x[i];
    }

    /// <summary>y = x where x is greater.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Raise(float* x, float* y, int count)
    {
        int i = 0;
        for (; i <= count - 8; i += 8)
            Vector256.Store(Vector256.ConditionalSelect(Vector256.GreaterThan(Vector256.Load(x + i), Vector256.Load(y + i)), Vector256.Load(x + i), Vector256.Load(y + i)), y + i);
        for (; i <= count - 4; i += 4)
            Vector128.Store(Vector128.ConditionalSelect(Vector128.GreaterThan(Vector128.Load(x + i), Vector128.Load(y + i)), Vector128.Load(x + i), Vector128.Load(y + i)), y + i);
        for (; i < count; i++)
            y[i] = x[i] > y[i] ? x[i] : y[i];
    }
}
