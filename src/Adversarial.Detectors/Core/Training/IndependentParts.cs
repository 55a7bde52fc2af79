namespace Adversarial.Detectors;

/// <summary>Work that falls into parts which do not need each other: the result does not depend on how many threads share them.</summary>
internal static class IndependentParts
{
    /// <summary>Runs each part once, on so many threads at most.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(int count, int threads, CancellationToken cancellation, Action<int> part) =>
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, part);
}
