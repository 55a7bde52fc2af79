using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>
/// The bias's gradient: column sums of a matrix, or of a panel of B while it is at hand for its product. Every fourth row goes to the same
/// of four sums, which are added in the end; between the depth blocks of a panel they wait side by side.
/// </summary>
internal static unsafe class ColumnSums<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>The sums of all columns of a matrix.</summary>
    public static void Run(float* dy, nint row, float* db, int rows, int columns, bool accumulate)
    {
        float* sums = stackalloc float[4 * TSimd.Count];
        for (int column = 0; column < columns; column += TSimd.Count)
        {
            int last = Math.Min(TSimd.Count, columns - column);
            if (last == TSimd.Count)
                Add<WholeEdge>(dy + column, row, rows, last, begins: true, sums);
            else
                Add<RaggedEdge>(dy + column, row, rows, last, begins: true, sums);
            Finish(sums, 1, last, db + column, accumulate);
        }
    }

    /// <summary>The floats that the sums of so many columns take.</summary>
    public static int Length(int columns) => 4 * ((columns + TSimd.Count - 1) / TSimd.Count * TSimd.Count);

    /// <summary>Adds a depth block of a panel, of which vectors are read whole; all but the last are a multiple of four deep.</summary>
    public static void Add(float* b, nint step, int depth, int vectors, bool begins, float* sums)
    {
        for (int v = 0; v < vectors; v++)
            Add<WholeEdge>(b + v * TSimd.Count, step, depth, TSimd.Count, begins, sums + v * 4 * TSimd.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TEdge>(float* b, nint step, int depth, int last, bool begins, float* sums)
        where TEdge : struct, IEdge
    {
        int width = TSimd.Count;
        TVector s0 = default, s1 = default, s2 = default, s3 = default;
        if (!begins)
            (s0, s1, s2, s3) = (TSimd.Load(sums), TSimd.Load(sums + width), TSimd.Load(sums + 2 * width), TSimd.Load(sums + 3 * width));
        nint step2 = 2 * step, step3 = 3 * step;
        int k = depth;
        for (; k >= 4; k -= 4)
        {
            s0 = TSimd.Add(s0, Load<TEdge>(b, last));
            s1 = TSimd.Add(s1, Load<TEdge>(b + step, last));
            s2 = TSimd.Add(s2, Load<TEdge>(b + step2, last));
            s3 = TSimd.Add(s3, Load<TEdge>(b + step3, last));
            b += 4 * step;
        }

        if (k > 0)
            s0 = TSimd.Add(s0, Load<TEdge>(b, last));
        if (k > 1)
            s1 = TSimd.Add(s1, Load<TEdge>(b + step, last));
        if (k > 2)
            s2 = TSimd.Add(s2, Load<TEdge>(b + step2, last));
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TEdge>(float* source, int last)
        where TEdge : struct, IEdge => default(TEdge) is IRaggedEdge ? TSimd.LoadPartial(source, last) : TSimd.Load(source);
}
