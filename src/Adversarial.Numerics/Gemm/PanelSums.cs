using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>
/// The column sums of a panel of B while it is at hand for its product: the bias's gradient. Every fourth row goes to the same of four
/// sums, which are added in the end; between the depth blocks they wait side by side.
/// </summary>
internal static unsafe class PanelSums<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>The floats that the sums of panels of so many columns take.</summary>
    public static int Length(int columns) => 4 * ((columns + TSimd.Count - 1) / TSimd.Count * TSimd.Count);

    /// <summary>Adds a depth block; all but the last of a panel are a multiple of four deep.</summary>
    public static void Add(float* b, nint step, int depth, int vectors, bool begins, float* sums)
    {
        for (int v = 0; v < vectors; v++)
            Column(b + v * TSimd.Count, step, depth, begins, sums + v * 4 * TSimd.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column(float* b, nint step, int depth, bool begins, float* sums)
    {
        int width = TSimd.Count;
        TVector s0 = default, s1 = default, s2 = default, s3 = default;
        if (!begins)
            (s0, s1, s2, s3) = (TSimd.Load(sums), TSimd.Load(sums + width), TSimd.Load(sums + 2 * width), TSimd.Load(sums + 3 * width));
        nint step2 = 2 * step, step3 = 3 * step;
        int k = depth;
        for (; k >= 4; k -= 4)
        {
            s0 = TSimd.Add(s0, TSimd.Load(b));
            s1 = TSimd.Add(s1, TSimd.Load(b + step));
            s2 = TSimd.Add(s2, TSimd.Load(b + step2));
            s3 = TSimd.Add(s3, TSimd.Load(b + step3));
            b += 4 * step;
        }

        if (k > 0)
            s0 = TSimd.Add(s0, TSimd.Load(b));
        if (k > 1)
            s1 = TSimd.Add(s1, TSimd.Load(b + step));
        if (k > 2)
            s2 = TSimd.Add(s2, TSimd.Load(b + step2));
        TSimd.Store(s0, sums);
        TSimd.Store(s1, sums + width);
        TSimd.Store(s2, sums + 2 * width);
        TSimd.Store(s3, sums + 3 * width);
    }

    /// <summary>Brings the sums of a panel to its columns of the result, the last vector's as far as they exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Finish(float* sums, int vectors, int last, float* result, bool accumulate)
    {
        int width = TSimd.Count;
        for (int v = 0; v < vectors; v++)
        {
            float* of = sums + v * 4 * width;
            TVector sum = TSimd.Add(
                TSimd.Add(TSimd.Load(of), TSimd.Load(of + width)), TSimd.Add(TSimd.Load(of + 2 * width), TSimd.Load(of + 3 * width)));
            int count = v == vectors - 1 ? last : width;
            bool whole = count == width;
            if (accumulate)
                sum = TSimd.Add(whole ? TSimd.Load(result) : TSimd.LoadPartial(result, count), sum);
            if (whole)
                TSimd.Store(sum, result);
            else
                TSimd.StorePartial(sum, result, count);
            result += width;
        }
    }
}
