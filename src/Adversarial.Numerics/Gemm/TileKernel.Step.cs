using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <content>One step of the depth, for each layout of A with what it needs to know in the instructions themselves.</content>
internal static unsafe partial class TileKernel<TSimd, TVector, TLayout, TRows, TVectors, TEdge, TFinish>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(int steps, ref byte* upper, ref byte* lower, ref byte* lowest, nint aStep)
    {
        if (default(TLayout) is IRowLayout)
        {
            upper += steps * sizeof(float);
            if (default(TRows) is IRows4)
                lower += steps * sizeof(float);
            if (default(TRows) is IRows7)
                lowest += steps * sizeof(float);
        }
        else
        {
            upper += default(TLayout) is IPackedLayout ? steps * TRows.Count * sizeof(float) : steps * aStep;
        }
    }

    /// <summary>
    /// One step of the depth, the <paramref name="step"/>th after the pointers. The compiler keeps what is passed by reference in registers
    /// once this is inlined.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(int step, byte* upper, byte* lower, byte* lowest, nint aOffset, nint aRow, byte* b, nint bOffset,
        ref TVector c00, ref TVector c01, ref TVector c02, ref TVector c10, ref TVector c11, ref TVector c12, ref TVector c20, ref TVector c21, ref TVector c22,
        ref TVector c30, ref TVector c31, ref TVector c32, ref TVector c40, ref TVector c41, ref TVector c42, ref TVector c50, ref TVector c51, ref TVector c52, ref TVector c60, ref TVector c70)
    {
        int width = TSimd.Count;
        TVector b0 = TSimd.Load((float*)(b + bOffset)), b1 = default, b2 = default, x;
        if (default(TVectors) is IVectors2)
            b1 = TSimd.Load((float*)(b + bOffset) + width);
        if (default(TVectors) is IVectors3)
            b2 = TSimd.Load((float*)(b + bOffset) + 2 * width);

        if (default(TLayout) is IRowLayout)
            x = TSimd.Create(*(float*)(upper + step * sizeof(float)));
        else if (default(TLayout) is IPackedLayout)
            x = TSimd.Create(*(float*)(upper + (step * TRows.Count + 0) * sizeof(float)));
        else
            x = TSimd.Create(*(float*)(upper + aOffset + 0 * sizeof(float)));
        c00 = TSimd.FusedMultiplyAdd(x, b0, c00);
        if (default(TVectors) is IVectors2)
            c01 = TSimd.FusedMultiplyAdd(x, b1, c01);
        if (default(TVectors) is IVectors3)
            c02 = TSimd.FusedMultiplyAdd(x, b2, c02);

        if (default(TRows) is IRows2)
        {
            if (default(TLayout) is IRowLayout)
                x = TSimd.Create(*(float*)(upper + aRow + step * sizeof(float)));
            else if (default(TLayout) is IPackedLayout)
                x = TSimd.Create(*(float*)(upper + (step * TRows.Count + 1) * sizeof(float)));
            else
                x = TSimd.Create(*(float*)(upper + aOffset + 1 * sizeof(float)));
            c10 = TSimd.FusedMultiplyAdd(x, b0, c10);
            if (default(TVectors) is IVectors2)
                c11 = TSimd.FusedMultiplyAdd(x, b1, c11);
            if (default(TVectors) is IVectors3)
                c12 = TSimd.FusedMultiplyAdd(x, b2, c12);
        }

        if (default(TRows) is IRows3)
        {
            if (default(TLayout) is IRowLayout)
                x = TSimd.Create(*(float*)(upper + 2 * aRow + step * sizeof(float)));
            else if (default(TLayout) is IPackedLayout)
                x = TSimd.Create(*(float*)(upper + (step * TRows.Count + 2) * sizeof(float)));
            else
                x = TSimd.Create(*(float*)(upper + aOffset + 2 * sizeof(float)));
            c20 = TSimd.FusedMultiplyAdd(x, b0, c20);
            if (default(TVectors) is IVectors2)
                c21 = TSimd.FusedMultiplyAdd(x, b1, c21);
            if (default(TVectors) is IVectors3)
                c22 = TSimd.FusedMultiplyAdd(x, b2, c22);
        }

        if (default(TRows) is IRows4)
        {
            if (default(TLayout) is IRowLayout)
                x = TSimd.Create(*(float*)(lower + step * sizeof(float)));
            else if (default(TLayout) is IPackedLayout)
                x = TSimd.Create(*(float*)(upper + (step * TRows.Count + 3) * sizeof(float)));
            else
                x = TSimd.Create(*(float*)(upper + aOffset + 3 * sizeof(float)));
            c30 = TSimd.FusedMultiplyAdd(x, b0, c30);
            if (default(TVectors) is IVectors2)
                c31 = TSimd.FusedMultiplyAdd(x, b1, c31);
            if (default(TVectors) is IVectors3)
                c32 = TSimd.FusedMultiplyAdd(x, b2, c32);
        }

        if (default(TRows) is IRows5)
        {
            if (default(TLayout) is IRowLayout)
                x = TSimd.Create(*(float*)(lower + aRow + step * sizeof(float)));
            else if (default(TLayout) is IPackedLayout)
                x = TSimd.Create(*(float*)(upper + (step * TRows.Count + 4) * sizeof(float)));
            else
                x = TSimd.Create(*(float*)(upper + aOffset + 4 * sizeof(float)));
            c40 = TSimd.FusedMultiplyAdd(x, b0, c40);
            if (default(TVectors) is IVectors2)
                c41 = TSimd.FusedMultiplyAdd(x, b1, c41);
            if (default(TVectors) is IVectors3)
                c42 = TSimd.FusedMultiplyAdd(x, b2, c42);
        }

        if (default(TRows) is IRows6)
        {
            if (default(TLayout) is IRowLayout)
                x = TSimd.Create(*(float*)(lower + 2 * aRow + step * sizeof(float)));
            else if (default(TLayout) is IPackedLayout)
                x = TSimd.Create(*(float*)(upper + (step * TRows.Count + 5) * sizeof(float)));
            else
                x = TSimd.Create(*(float*)(upper + aOffset + 5 * sizeof(float)));
            c50 = TSimd.FusedMultiplyAdd(x, b0, c50);
            if (default(TVectors) is IVectors2)
                c51 = TSimd.FusedMultiplyAdd(x, b1, c51);
            if (default(TVectors) is IVectors3)
                c52 = TSimd.FusedMultiplyAdd(x, b2, c52);
        }

        if (default(TRows) is IRows7)
        {
            if (default(TLayout) is IRowLayout)
                x = TSimd.Create(*(float*)(lowest + step * sizeof(float)));
            else if (default(TLayout) is IPackedLayout)
                x = TSimd.Create(*(float*)(upper + (step * TRows.Count + 6) * sizeof(float)));
            else
                x = TSimd.Create(*(float*)(upper + aOffset + 6 * sizeof(float)));
            c60 = TSimd.FusedMultiplyAdd(x, b0, c60);
        }

        if (default(TRows) is IRows8)
        {
            if (default(TLayout) is IRowLayout)
                x = TSimd.Create(*(float*)(lowest + aRow + step * sizeof(float)));
            else if (default(TLayout) is IPackedLayout)
                x = TSimd.Create(*(float*)(upper + (step * TRows.Count + 7) * sizeof(float)));
            else
                x = TSimd.Create(*(float*)(upper + aOffset + 7 * sizeof(float)));
            c70 = TSimd.FusedMultiplyAdd(x, b0, c70);
        }
    }
}
