using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Adversarial.Numerics;

/// <summary>Tells the processor what memory comes next, where it can be told.</summary>
public static unsafe class CacheHint
{
    private const int FloatsOfLine = 16;

    /// <summary>These values are about to be read.</summary>
    public static void WillRead(ReadOnlySpan<float> values)
    {
        if (!Sse.IsSupported)
            return;
        fixed (float* first = values)
        {
            for (int i = 0; i < values.Length; i += FloatsOfLine)
                Sse.Prefetch0(first + i);
        }
    }

    /// <summary>The cache lines of these four rows are about to be read; where there is no such memory nothing happens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WillReadFour(float* first, nint row)
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(first);
        Sse.Prefetch0(first + row);
        Sse.Prefetch0(first + 2 * row);
        Sse.Prefetch0(first + 3 * row);
    }
}
