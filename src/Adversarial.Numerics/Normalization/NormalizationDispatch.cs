using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Runs a normalisation or its way back on the active instruction set, split over the gang by rows where that pays.</summary>
internal static unsafe class NormalizationDispatch
{
    // Fewer elements than this are done before another thread has heard of them.
    private const int ElementsOfPart = 32 * 1024;

    public static void Run(in NormalizationArguments arguments, WorkerGang gang)
    {
        long work = (long)arguments.Rows * arguments.Columns / ElementsOfPart;
        Job job = new() { Arguments = arguments };
        job.Parts = (int)Math.Clamp(work, 1, Math.Min(arguments.Rows, gang.Threads));
        gang.Run(ref job, job.Parts);
    }

    private struct Job : IParallelJob
    {
        public NormalizationArguments Arguments;
        public int Parts;

        public readonly void Run(int part)
        {
            int first = (int)((long)Arguments.Rows * part / Parts), end = (int)((long)Arguments.Rows * (part + 1) / Parts);
            switch (Kernels.Active)
            {
                case InstructionSet.Vector512:
                    NormalizationRows<Simd512, Vector512<float>>.Run(Arguments, first, end);
                    break;
                case InstructionSet.Vector256:
                    NormalizationRows<Simd256, Vector256<float>>.Run(Arguments, first, end);
                    break;
                default:
                    NormalizationRows<Simd128, Vector128<float>>.Run(Arguments, first, end);
                    break;
            }
        }
    }
}
