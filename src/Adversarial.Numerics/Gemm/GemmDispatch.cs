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

    public static void Run(ref readonly Product product, WorkerGang gang)
    {
        if (gang.Threads == 1)
        {
            Run(in product, 0, product.Rows);
            return;
        }

        // A deep product has few rows, and each part would copy all of B: its parts take columns, if there are enough of them.
        bool byColumns = product.ARow == 1 && product.Columns >= 2 * ColumnGrain;
        long work = (long)product.Rows * product.Columns * Math.Max(product.Depth, 8);
        int grains = byColumns ? product.Columns / ColumnGrain : product.Rows / RowGrain;
        Job job = new() { Product = product, ByColumns = byColumns };
        job.Parts = (int)Math.Clamp(work / WorkOfPart, 1, Math.Clamp(grains, 1, gang.Threads));
        gang.Run(ref job, job.Parts);
    }

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
            if (!ByColumns)
            {
                GemmDispatch.Run(in Product, Edge(part, Product.Rows, RowGrain), Edge(part + 1, Product.Rows, RowGrain));
                return;
            }

            int first = Edge(part, Product.Columns, ColumnGrain);
            Product columns = Product;
            columns.B += first;
            columns.C += first;
            columns.ColumnSums = columns.ColumnSums == null ? null : columns.ColumnSums + first;
            columns.Columns = Edge(part + 1, Product.Columns, ColumnGrain) - first;
            GemmDispatch.Run(in columns, 0, columns.Rows);
        }

        private readonly int Edge(int part, int length, int grain) =>
            part == Parts ? length : (int)((long)length * part / Parts / grain * grain);
    }
}
