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
}
