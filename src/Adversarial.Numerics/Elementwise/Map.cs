using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>The matrices of an elementwise operation, all [rows, columns].</summary>
internal unsafe struct MapArguments
{
    public float* X;
    public nint XRow;
    public float* Y;
    public nint YRow;
    public float* Result;
    public nint ResultRow;

    /// <summary>Mask words, <see cref="Dropout.MaskStride"/> a row.</summary>
    public uint* Mask;
    public int Rows;
    public int Columns;
}

/// <summary>Runs an elementwise operation on the active vector width, split over the gang by rows where that pays.</summary>
internal static unsafe class Map
{
    // Fewer elements than this are done before another thread has heard of them.
    private const int ElementsOfPart = 32 * 1024;

    public static void Run<TOperator>(in MapArguments arguments, TOperator op, WorkerGang gang)
        where TOperator : struct, IOperator
    {
        long elements = (long)arguments.Rows * arguments.Columns;
        int parts = gang.Threads == 1 ? 1 : (int)Math.Min(Math.Min(elements / ElementsOfPart, gang.Threads), arguments.Rows);
        if (parts <= 1)
        {
            Run(arguments, op);
            return;
        }

        Job<TOperator> job = new() { Arguments = arguments, Operator = op, Parts = parts };
        gang.Run(ref job, parts);
    }

    public static void Run<TOperator>(in MapArguments arguments, TOperator op)
        where TOperator : struct, IOperator
    {
        switch (Kernels.Active)
        {
            case InstructionSet.Vector512:
                Rows<Simd512, Vector512<float>, TOperator>(arguments, op);
                break;
            case InstructionSet.Vector256:
                Rows<Simd256, Vector256<float>, TOperator>(arguments, op);
                break;
            default:
                Rows<Simd128, Vector128<float>, TOperator>(arguments, op);
                break;
        }
    }

    private static void Rows<TSimd, TVector, TOperator>(in MapArguments a, TOperator op)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TOperator : struct, IOperator
    {
        bool dense = !TOperator.ReadsMask && a.XRow == a.Columns && a.ResultRow == a.Columns
            && (!TOperator.ReadsSecond || a.YRow == a.Columns);
        nint rows = dense ? 1 : a.Rows, columns = dense ? (nint)a.Rows * a.Columns : a.Columns;
        nint maskRow = Dropout.MaskStride(a.Columns);
        for (nint r = 0; r < rows; r++)
        {
            Row<TSimd, TVector, TOperator>(
                a.X + r * a.XRow, TOperator.ReadsSecond ? a.Y + r * a.YRow : null, a.Result + r * a.ResultRow,
                TOperator.ReadsMask ? a.Mask + r * maskRow : null, columns, op);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TSimd, TVector, TOperator>(float* x, float* y, float* result, uint* mask, nint columns, TOperator op)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TOperator : struct, IOperator
    {
        nint c = 0;
        for (; c + TSimd.Count <= columns; c += TSimd.Count)
        {
            TVector value = op.Invoke<TSimd, TVector>(
                TSimd.Load(x + c),
                TOperator.ReadsSecond ? TSimd.Load(y + c) : default,
                TOperator.ReadsResult ? TSimd.Load(result + c) : default,
                TOperator.ReadsMask ? TSimd.Mask(mask[c >> 5] >> (int)(c & 31)) : default);
            TSimd.Store(value, result + c);
        }

        // The tail takes the same way through the same vector code, or an element's value would depend on its position.
        int left = (int)(columns - c);
        if (left > 0)
        {
            TVector value = op.Invoke<TSimd, TVector>(
                TSimd.LoadPartial(x + c, left),
                TOperator.ReadsSecond ? TSimd.LoadPartial(y + c, left) : default,
                TOperator.ReadsResult ? TSimd.LoadPartial(result + c, left) : default,
                TOperator.ReadsMask ? TSimd.Mask(mask[c >> 5] >> (int)(c & 31)) : default);
            TSimd.StorePartial(value, result + c, left);
        }
    }

    private struct Job<TOperator> : IParallelJob
        where TOperator : struct, IOperator
    {
        public MapArguments Arguments;
        public TOperator Operator;
        public int Parts;

        public readonly void Run(int part)
        {
            int first = (int)((long)Arguments.Rows * part / Parts), end = (int)((long)Arguments.Rows * (part + 1) / Parts);
            Map.Run(Slice(Arguments, first, end), Operator);
        }
    }

    /// <summary>The rows from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public static MapArguments Slice(in MapArguments arguments, int first, int end)
    {
        MapArguments part = arguments;
        part.X += first * part.XRow;
        part.Y += part.Y == null ? 0 : first * part.YRow;
        part.Result += first * part.ResultRow;
        part.Mask += part.Mask == null ? 0 : first * Dropout.MaskStride(part.Columns);
        part.Rows = end - first;
        return part;
    }
}
