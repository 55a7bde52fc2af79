using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Runs a product on the active instruction set, split over the gang by rows where that pays.</summary>
internal static unsafe class GemmDispatch
{
    // Below this many multiply-adds a part is done before another thread has heard of it.
    private const long WorkOfPart = 200_000;

    public static void Run(ref readonly Product product, WorkerGang gang)
    {
        long work = (long)product.Rows * product.Columns * Math.Max(product.Depth, 8);
        int parts = gang.Threads == 1 ? 1 : (int)Math.Min(Math.Min(work / WorkOfPart, gang.Threads), product.Rows / 6);
        if (parts <= 1)
        {
            Run(in product, 0, product.Rows);
            return;
        }

        Job job = new() { Product = product, Parts = parts };
        gang.Run(ref job, parts);
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
        public int Parts;

        public readonly void Run(int part) => GemmDispatch.Run(in Product, Edge(part), Edge(part + 1));

        // Whole tiles to every part but the last.
        private readonly int Edge(int part) => part == Parts ? Product.Rows : (int)((long)Product.Rows * part / Parts / 6 * 6);
    }
}
