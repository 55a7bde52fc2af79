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

    // A smaller copy is sooner made by each thread than waited for. With one copy for all, the rows may go in more parts than there are
    // threads: one that is held up then does fewer of them.
    private const int SharedFloats = 1 << 17;
    private const int MostSharedFloats = 1 << 22;
    private const int PartsOfThread = 4;

    public static void Run(ref readonly Product product, WorkerGang gang, PackedWeights? weights = null)
    {
        if (gang.Threads == 1 && weights == null)
        {
            Run(in product, 0, product.Rows);
            return;
        }

        InstructionSet set = Kernels.Active;
        int width = Width(set);
        Product own = product;
        GemmCut cut = new(in product, product.Rows, width);
        nuint length = GemmCut.CopyLength(product.Depth, product.Columns, width);
        bool keeps = weights != null && cut.Order == PackOrder.Kept && length <= GemmCut.PackedFloats;
        if (keeps)
            weights!.Lend(ref own, set, length);
        Run(ref own, in cut, length, gang);
        if (keeps)
            weights!.Keep(in own, set);
    }

    /// <summary>
    /// Copies B into the order of its use for several products that differ by the rows of A and C; null where each had better see to it itself.
    /// The copy is the calling thread's and lasts until its next one.
    /// </summary>
    /// <param name="product">All of them together.</param>
    /// <param name="gang">The threads to use.</param>
    public static float* CopyForAll(Product product, WorkerGang gang)
    {
        int width = Width(Kernels.Active);
        nuint length = GemmCut.CopyLength(product.Depth, product.Columns, width);
        if (Kernels.Active == InstructionSet.Reference || length > MostSharedFloats || new GemmCut(in product, product.Rows, width).Order == PackOrder.InPlace)
            return null;
        product.Copy = PackBuffer.GetShared(length);
        CopyJob copy = new() { Product = product, Cut = new(in product, product.Rows, width), Parts = length < SharedFloats ? 1 : gang.Threads };
        gang.Run(ref copy, copy.Parts);
        return product.Copy;
    }

    private static void Run(ref Product product, in GemmCut cut, nuint length, WorkerGang gang)
    {
        long work = (long)product.Rows * product.Columns * Math.Max(product.Depth, 8) / WorkOfPart;
        bool shares = product.Copy != null || cut.Order == PackOrder.Kept && length is >= SharedFloats and <= GemmCut.PackedFloats;
        bool byColumns = !shares && product.ARow == 1 && product.Columns >= 2 * ColumnGrain && !IsTall(in product);
        int grains = byColumns ? product.Columns / ColumnGrain : product.Rows / RowGrain;
        int parts = (int)Math.Clamp(work, 1, Math.Clamp(grains, 1, shares ? PartsOfThread * gang.Threads : gang.Threads));
        if (parts == 1 || gang.Threads == 1)
        {
            Run(in product, 0, product.Rows);
            return;
        }

        if (shares && !product.IsCopied)
        {
            if (product.Copy == null)
                product.Copy = PackBuffer.GetShared(length);
            CopyJob copy = new() { Product = product, Cut = cut, Parts = gang.Threads };
            gang.Run(ref copy, gang.Threads);
            product.IsCopied = true;
            product.ColumnSums = null;
        }

        Job job = new() { Product = product, ByColumns = byColumns, Parts = parts };
        gang.Run(ref job, parts);
    }

    // Parts of rows each copy all of B, parts of columns all of an A that is read across its rows: the smaller copy is the one to repeat.
    private static bool IsTall(ref readonly Product product) =>
        product.Columns >= ColumnsOfTall && product.Rows >= 2 * product.Columns;

    private static int Width(InstructionSet set) => set switch
    {
        InstructionSet.Vector512 => Vector512<float>.Count,
        InstructionSet.Vector256 => Vector256<float>.Count,
        _ => Vector128<float>.Count,
    };

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

    private struct CopyJob : IParallelJob
    {
        public Product Product;
        public GemmCut Cut;
        public int Parts;

        public readonly void Run(int part)
        {
            switch (Kernels.Active)
            {
                case InstructionSet.Vector512:
                    PanelPacking<Simd512, Vector512<float>>.Run(in Product, in Cut, part, Parts);
                    break;
                case InstructionSet.Vector256:
                    PanelPacking<Simd256, Vector256<float>>.Run(in Product, in Cut, part, Parts);
                    break;
                default:
                    PanelPacking<Simd128, Vector128<float>>.Run(in Product, in Cut, part, Parts);
                    break;
            }
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
