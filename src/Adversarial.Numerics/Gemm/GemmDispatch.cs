using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Runs a product on the active instruction set, split over the gang by rows or columns where that pays.</summary>
internal static unsafe class GemmDispatch
{
    // Below this many multiply-adds a part is done before another thread has heard of it.
    private const long WorkOfPart = 200_000;

    // Parts end where tiles and panels do.
    private const int RowGrain = 6;
    private const int ColumnGrain = 32;
    private const int ColumnsOfTall = 128;

    public static void Run(ref readonly Product product, WorkerGang gang)
    {
        if (gang.Threads == 1)
        {
            Run(in product, 0, product.Rows);
            return;
        }

        bool byColumns = product.ARow == 1 && product.Columns >= 2 * ColumnGrain && !IsTall(in product);
        long work = (long)product.Rows * product.Columns * Math.Max(product.Depth, 8);
        int grains = byColumns ? product.Columns / ColumnGrain : product.Rows / RowGrain;
        Job job = new() { Product = product, ByColumns = byColumns };
        job.Parts = (int)Math.Clamp(work / WorkOfPart, 1, Math.Clamp(grains, 1, gang.Threads));
        gang.Run(ref job, job.Parts);
    }

    // Parts of rows each copy all of B, parts of columns all of an A that is read across its rows: the smaller copy is the one to repeat.
    private static bool IsTall(ref readonly Product product) =>
        product.Columns >= ColumnsOfTall && product.Rows >= 2 * product.Columns;

    private static void Run(ref readonly Product product, int first, int end)
    {
        switch (Kernels.Active)
        {
            case InstructionSet.Vector512:
                GemmDriver<Simd512, Vector512<float>>.Run(in product, first, end);
                break;
            case InstructionSet.Vector256:
                GemmDriver<Simd256, Vector256<float>>.Run(in product, first, end);
                break;
            default:
                GemmDriver<Simd128, Vector128<float>>.Run(in product, first, end);
                break;
        }
    }

    private struct Job : IParallelJob
    {
        public Product Product;
        public bool ByColumns;
        public int Parts;

        public readonly void Run(int part)
        {
            int first = Edge(part, Product.Columns, ColumnGrain), end = Edge(part + 1, Product.Columns, ColumnGrain);
            Product own = Product;
            if (!ByColumns)
            {
                (own.FirstSum, own.EndSum) = (first, end);
                GemmDispatch.Run(in own, Edge(part, Product.Rows, RowGrain), Edge(part + 1, Product.Rows, RowGrain));
                return;
            }

            own.B += first;
            own.C += first;
            own.ColumnSums = own.ColumnSums == null ? null : own.ColumnSums + first;
            own.Columns = end - first;
            own.EndSum = own.Columns;
            GemmDispatch.Run(in own, 0, own.Rows);
        }

        private readonly int Edge(int part, int length, int grain) =>
            part == Parts ? length : (int)((long)length * part / Parts / grain * grain);
    }
}
