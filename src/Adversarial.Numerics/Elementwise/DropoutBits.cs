using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Draws dropout masks a group of random words at a time: 64 columns, 16 bits a column.</summary>
internal static unsafe class DropoutBits
{
    // Fewer elements than this are done before another thread has heard of them.
    private const int ElementsOfPart = 32 * 1024;

    public static void FillMask(
        Span<uint> mask, int rows, int columns, uint threshold, RandomStream stream, long firstRow, WorkerGang gang)
    {
        fixed (uint* start = mask)
        {
            Job job = new() { Mask = start, Rows = rows, Columns = columns, Threshold = threshold, Key = Philox.Key(stream), Step = stream.Step, FirstRow = firstRow };
            job.Parts = (int)Math.Clamp((long)rows * columns / ElementsOfPart, 1, gang.Threads);
            gang.Run(ref job, job.Parts);
        }
    }

    private struct Job : IParallelJob
    {
        public uint* Mask;
        public int Rows;
        public int Columns;
        public uint Threshold;
        public ulong Key;
        public ulong Step;
        public long FirstRow;
        public int Parts;

        [SkipLocalsInit]
        public readonly void Run(int part)
        {
            int stride = Dropout.MaskStride(Columns), end = (int)((long)Rows * (part + 1) / Parts);
            uint* words = stackalloc uint[2 * Philox.GroupLength];
            for (int r = (int)((long)Rows * part / Parts); r < end; r++)
                Row(Mask + (nint)r * stride, stride, (FirstRow + r << Dropout.ColumnBits) / Philox.GroupLength, words);
        }

        private readonly void Row(uint* target, int stride, long group, uint* words)
        {
            int i = 0;
            for (; i + 2 < stride; i += 4)
            {
                PhiloxVector.TwoGroups(Key, Step, group, words);
                (target[i], target[i + 1]) = Below(words, Threshold);
                (target[i + 2], uint last) = Below(words + Philox.GroupLength, Threshold);
                if (i + 3 < stride)
                    target[i + 3] = last;
                group += 2;
            }

            if (i < stride)
            {
                PhiloxVector.Group(Key, Step, group, words);
                (target[i], uint last) = Below(words, Threshold);
                if (i + 1 < stride)
                    target[i + 1] = last;
            }

            if ((Columns & 31) != 0)
                target[stride - 1] &= (1u << (Columns & 31)) - 1;
        }
    }

    // The lower halves of the words decide 32 columns, the upper halves the next 32.
    private static (uint Low, uint High) Below(uint* words, uint threshold)
    {
        Vector256<uint> bound = Vector256.Create(threshold), lower = Vector256.Create(0xFFFFu);
        uint low = 0, high = 0;
        for (int i = 0; i < Philox.GroupLength; i += 8)
        {
            Vector256<uint> bits = Vector256.Load(words + i);
            low |= Vector256.LessThan((bits & lower).AsInt32(), bound.AsInt32()).ExtractMostSignificantBits() << i;
            high |= Vector256.LessThan((bits >> 16).AsInt32(), bound.AsInt32()).ExtractMostSignificantBits() << i;
        }

        return (low, high);
    }
}
