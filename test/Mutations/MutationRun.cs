using System.Diagnostics;

namespace Adversarial.Mutations;

/// <summary>
/// Tries many mutations of one kind of file. Each has to be refused with a documented exception, or to give something sound; neither may
/// take long or much memory.
/// </summary>
internal static class MutationRun
{
    private const int UsualCount = 1000;
    private const int FullCount = 20_000;
    private const long MostBytes = 64L << 20;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(2);

    /// <summary>Mutations of one format: a thousand, or where ADVERSARIAL_FULL_TESTS is 1 twenty thousand.</summary>
    public static int Count => Environment.GetEnvironmentVariable("ADVERSARIAL_FULL_TESTS") == "1" ? FullCount : UsualCount;

    /// <summary>What became of the mutations that were neither refused as documented nor sound, by kind, with the first seed of each.</summary>
    /// <param name="count">Number of mutations; their seeds are 0 and up.</param>
    /// <param name="attempt">
    /// Makes the mutation from its seed and uses it: null where all is sound, else what is wrong with it. Exceptions that
    /// <paramref name="isDocumented"/> knows count as refusals.
    /// </param>
    /// <param name="isDocumented">Whether an exception is what the documentation promises.</param>
    /// <param name="refused">How many were refused: were it all or none, the run would show little.</param>
    public static IReadOnlyList<string> Faults(int count, Func<Random, string?> attempt, Func<Exception, bool> isDocumented, out int refused)
    {
        var faults = new SortedDictionary<string, (int Count, int Seed)>(StringComparer.Ordinal);
        refused = 0;
        for (int seed = 0; seed < count; seed++)
        {
            string? fault = Try(attempt, isDocumented, seed, ref refused);
            if (fault is not null)
                faults[fault] = faults.TryGetValue(fault, out (int Count, int Seed) before) ? (before.Count + 1, before.Seed) : (1, seed);
        }

        return [.. faults.Select(fault => $"{fault.Value.Count} x {fault.Key}, first with seed {fault.Value.Seed}")];
    }

    private static string? Try(Func<Random, string?> attempt, Func<Exception, bool> isDocumented, int seed, ref int refused)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        string? fault = null;
        try
        {
            fault = attempt(new Random(seed));
        }
        catch (Exception failure) when (isDocumented(failure))
        {
            refused++;
        }
        catch (Exception failure)
        {
            fault = failure.GetType().Name;
        }

        if (GC.GetAllocatedBytesForCurrentThread() - before > MostBytes)
            fault ??= "much memory";
        return Stopwatch.GetElapsedTime(start) > _longest ? fault ?? "a long time" : fault;
    }
}
