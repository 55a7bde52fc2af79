using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>
/// The weight gradient, in whichever of its two orientations wastes fewer lanes: X^T dY with the outputs along the vectors, or
/// turned, dY^T X with the inputs along them. A product's factors may change places, so both give the same bits.
/// </summary>
internal static unsafe class WeightGradientDispatch
{
    // Elements of dY for a part; fewer are summed before another thread has heard of them.
    private const int ElementsOfPart = 64 * 1024;

    // A turned result is transposed in the end: that must stay small beside the product.
    private const int WidestTurned = 64;

    /// <summary>Whether the turned orientation is taken. It does not depend on the active instruction set, as the scratch must not.</summary>
    public static bool IsTurned(int inputs, int outputs) =>
        outputs <= WidestTurned && inputs >= 8 && Cost(outputs, inputs) * 16 < Cost(inputs, outputs) * 15;

    // The work in vector multiply-adds; a panel of one vector, or a tile of a few rows, does not fill the pipeline.
    private static long Cost(int rows, int columns)
    {
        long vectors = (columns + 7) / 8;
        long work = vectors == 1 ? rows * 9L : vectors * rows * 8;
        return rows < 4 ? work * 4 / Math.Min(4, rows * Math.Min(vectors, 3)) : work;
    }

    public static void Run(
        float* x, nint ldx, float* dy, nint lddy, float* dw, nint lddw, float* db, int rows, int inputs, int outputs, bool accumulate,
        float* scratch, WorkerGang gang)
    {
        bool turned = IsTurned(inputs, outputs);
        Product product = new()
        {
            A = turned ? dy : x,
            ARow = 1,
            AStep = turned ? lddy : ldx,
            B = turned ? x : dy,
            BStep = turned ? ldx : lddy,
            C = turned ? scratch : dw,
            CRow = turned ? inputs : lddw,
            Rows = turned ? outputs : inputs,
            Columns = turned ? inputs : outputs,
            Depth = rows,
            Load = accumulate,
            ColumnSums = turned ? null : db,
            EndSum = turned ? 0 : outputs,
        };
        if (turned && accumulate)
            Transposition.Run(dw, lddw, inputs, outputs, scratch, inputs);
        if (inputs > 0)
            GemmDispatch.Run(in product, gang);
        if (turned)
            Transposition.Run(scratch, inputs, outputs, inputs, dw, lddw);
        if (db != null && (turned || inputs == 0))
            Bias(dy, lddy, db, rows, outputs, accumulate, gang);
    }

    // Where dy is not the product's B.
    private static void Bias(float* dy, nint lddy, float* db, int rows, int outputs, bool accumulate, WorkerGang gang)
    {
        int parts = (int)Math.Clamp((long)rows * outputs / ElementsOfPart, 1, gang.Threads);
        BiasJob job = new() { Dy = dy, Row = lddy, Db = db, Rows = rows, Outputs = outputs, Accumulate = accumulate, Parts = parts };
        gang.Run(ref job, parts);
    }

    private struct BiasJob : IParallelJob
    {
        public float* Dy;
        public nint Row;
        public float* Db;
        public int Rows;
        public int Outputs;
        public int Parts;
        public bool Accumulate;

        public readonly void Run(int part)
        {
            int first = Edge(part), columns = Edge(part + 1) - first;
            switch (Kernels.Active)
            {
                case InstructionSet.Vector512:
                    ColumnSums<Simd512, Vector512<float>>.Run(Dy + first, Row, Db + first, Rows, columns, Accumulate);
                    break;
                case InstructionSet.Vector256:
                    ColumnSums<Simd256, Vector256<float>>.Run(Dy + first, Row, Db + first, Rows, columns, Accumulate);
                    break;
                default:
                    ColumnSums<Simd128, Vector128<float>>.Run(Dy + first, Row, Db + first, Rows, columns, Accumulate);
                    break;
            }
        }

        // Whole cache lines to every part but the last.
        private readonly int Edge(int part) => part == Parts ? Outputs : (int)((long)Outputs * part / Parts) & ~15;
    }
}
