using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Draws dropout masks a group of random words at a time: 64 columns, 16 bits a column.</summary>
internal static unsafe class DropoutBits
{
    [SkipLocalsInit]
    public static void FillMask(Span<uint> mask, int rows, int columns, uint threshold, RandomStream stream, long firstRow)
    {
        ulong key = Philox.Key(stream);
        int stride = Dropout.MaskStride(columns);
        uint* words = stackalloc uint[2 * Philox.GroupLength];
        fixed (uint* start = mask)
        {
            for (int r = 0; r < rows; r++)
            {
                uint* target = start + (nint)r * stride;
                long group = (firstRow + r << Dropout.ColumnBits) / Philox.GroupLength;
                int i = 0;
                for (; i + 2 < stride; i += 4)
                {
                    PhiloxVector.TwoGroups(key, stream.Step, group, words);
                    (target[i], target[i + 1]) = Below(words, threshold);
                    (target[i + 2], uint last) = Below(words + Philox.GroupLength, threshold);
                    if (i + 3 < stride)
                        target[i + 3] = last;
                    group += 2;
                }

                if (i < stride)
                {
                    PhiloxVector.Group(key, stream.Step, group, words);
                    (target[i], uint last) = Below(words, threshold);
                    if (i + 1 < stride)
                        target[i + 1] = last;
                }

                if ((columns & 31) != 0)
                    target[stride - 1] &= (1u << (columns & 31)) - 1;
            }
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
