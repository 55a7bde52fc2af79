namespace Adversarial.Numerics;

/// <summary>Sums over the rows for a few neighbouring columns.</summary>
internal interface IColumnJob
{
    /// <summary>The eight columns from <paramref name="column"/> on.</summary>
    void Eight(int column);

    /// <summary>A single column.</summary>
    void Single(int column);
}

/// <summary>
/// Runs column sums. Every column is one chain over the rows in ascending order, in double precision: the same bits on every instruction
/// set, at any number of threads and in the plain loops of the reference.
/// </summary>
internal static class ColumnChains
{
    // Columns of one part are whole cache lines; and with fewer elements another thread is not worth waking.
    private const int Grain = 16;
    private const int ElementsOfPart = 32 * 1024;

    public static void Run<TJob>(in TJob job, int rows, int columns, WorkerGang gang)
        where TJob : struct, IColumnJob
    {
        long work = (long)rows * columns / ElementsOfPart;
        Parts<TJob> parts = new() { Job = job, Columns = columns };
        parts.Count = (int)Math.Clamp(work, 1, Math.Clamp(columns / Grain, 1, gang.Threads));
        gang.Run(ref parts, parts.Count);
    }

    private struct Parts<TJob> : IParallelJob
        where TJob : struct, IColumnJob
    {
        public TJob Job;
        public int Columns;
        public int Count;

        public readonly void Run(int part)
        {
            int c = Edge(part), end = Edge(part + 1);
            bool wide = end - c >= 8;
            for (; c + 8 <= end; c += 8)
                Job.Eight(c);
            if (c == end)
                return;

            // Some columns are done again, with the same result, so that the last few need no slow way of their own.
            if (wide)
            {
                Job.Eight(end - 8);
                return;
            }

            for (; c < end; c++)
                Job.Single(c);
        }

        private readonly int Edge(int part) => part == Count ? Columns : (int)((long)Columns * part / Count / Grain * Grain);
    }
}
