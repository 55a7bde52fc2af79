using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>The bias's gradient: every fourth row goes to the same of four sums, which are added in the end.</summary>
internal static unsafe class ColumnSums<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    public static void Run(float* dy, nint row, float* db, int rows, int columns, bool accumulate)
    {
        int width = TSimd.Count, column = 0;
        for (; column + 2 * width <= columns; column += 2 * width)
            Pair(dy + column, row, db + column, rows, width, accumulate);
        for (; column < columns; column += width)
            Single(dy + column, row, db + column, rows, Math.Min(width, columns - column), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pair(float* dy, nint row, float* db, int rows, int width, bool accumulate)
    {
        TVector a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        int r = 0;
        for (; r + 4 <= rows; r += 4)
        {
            a0 = TSimd.Add(a0, TSimd.Load(dy));
            b0 = TSimd.Add(b0, TSimd.Load(dy + width));
            a1 = TSimd.Add(a1, TSimd.Load(dy + row));
            b1 = TSimd.Add(b1, TSimd.Load(dy + row + width));
            a2 = TSimd.Add(a2, TSimd.Load(dy + 2 * row));
            b2 = TSimd.Add(b2, TSimd.Load(dy + 2 * row + width));
            a3 = TSimd.Add(a3, TSimd.Load(dy + 3 * row));
            b3 = TSimd.Add(b3, TSimd.Load(dy + 3 * row + width));
            dy += 4 * row;
        }

        if (r < rows)
        {
            a0 = TSimd.Add(a0, TSimd.Load(dy));
            b0 = TSimd.Add(b0, TSimd.Load(dy + width));
        }

        if (r + 1 < rows)
        {
            a1 = TSimd.Add(a1, TSimd.Load(dy + row));
            b1 = TSimd.Add(b1, TSimd.Load(dy + row + width));
        }

        if (r + 2 < rows)
        {
            a2 = TSimd.Add(a2, TSimd.Load(dy + 2 * row));
            b2 = TSimd.Add(b2, TSimd.Load(dy + 2 * row + width));
        }

        TVector a = TSimd.Add(TSimd.Add(a0, a1), TSimd.Add(a2, a3)), b = TSimd.Add(TSimd.Add(b0, b1), TSimd.Add(b2, b3));
        TSimd.Store(accumulate ? TSimd.Add(TSimd.Load(db), a) : a, db);
        TSimd.Store(accumulate ? TSimd.Add(TSimd.Load(db + width), b) : b, db + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Single(float* dy, nint row, float* db, int rows, int count, bool accumulate)
    {
        TVector a0 = default, a1 = default, a2 = default, a3 = default;
        int r = 0;
        for (; r + 4 <= rows; r += 4)
        {
            a0 = TSimd.Add(a0, TSimd.LoadPartial(dy, count));
            a1 = TSimd.Add(a1, TSimd.LoadPartial(dy + row, count));
            a2 = TSimd.Add(a2, TSimd.LoadPartial(dy + 2 * row, count));
            a3 = TSimd.Add(a3, TSimd.LoadPartial(dy + 3 * row, count));
            dy += 4 * row;
        }

        if (r < rows)
            a0 = TSimd.Add(a0, TSimd.LoadPartial(dy, count));
        if (r + 1 < rows)
            a1 = TSimd.Add(a1, TSimd.LoadPartial(dy + row, count));
        if (r + 2 < rows)
            a2 = TSimd.Add(a2, TSimd.LoadPartial(dy + 2 * row, count));
        TVector sum = TSimd.Add(TSimd.Add(a0, a1), TSimd.Add(a2, a3));
        if (accumulate)
            sum = TSimd.Add(TSimd.LoadPartial(db, count), sum);
        TSimd.StorePartial(sum, db, count);
    }
}
