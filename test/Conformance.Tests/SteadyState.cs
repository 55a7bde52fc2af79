namespace Conformance.Tests;

/// <summary>Measures work that is to allocate nothing once it is warm.</summary>
internal static class SteadyState
{
    /// <summary>
    /// The bytes that the quietest of some rounds allocated on this thread. What a round allocates it allocates in each of them, while the
    /// run time now and then counts a piece of its allocation buffer to a thread, or compiles a method anew: a single round proves nothing.
    /// </summary>
    /// <param name="round">What is measured; it says nothing about allocations that happen less often than once a round.</param>
    /// <param name="warmUp">Rounds before the first measured one.</param>
    /// <param name="rounds">Measured rounds.</param>
    public static long AllocatedBytes(Action round, int warmUp = 5, int rounds = 5)
    {
        for (int i = 0; i < warmUp; i++)
            round();
        long least = long.MaxValue;
        for (int i = 0; i < rounds; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
