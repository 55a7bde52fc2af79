namespace Adversarial.Numerics;

/// <summary>Sums over the rows for a few neighbouring columns, in one pass over the rows or in two.</summary>
internal unsafe interface IColumnJob
{
    /// <summary>The number of passes over the rows.</summary>
    int Passes { get; }

    /// <summary>Adds some rows of the eight columns from <paramref name="column"/> on to sixteen sums, which are 0 at first.</summary>
    void Add(int pass, int firstRow, int endRow, int column, double* sums);

    /// <summary>Takes what a pass has summed up.</summary>
    void Finish(int pass, int column, double* sums);

    /// <summary>A single column, by itself.</summary>
    void Single(int column);
}

/// <summary>
/// Runs column sums. Every column is one chain over the rows in ascending order, in double precision, whose links are the sums of four rows
/// in single precision: the same bits on every instruction set, at any number of threads and in the plain loops of the reference. Rows are read in the order in which they lie in memory.
/// </summary>
internal static unsafe class ColumnChains
{
    private const int Group = 8;
    private const int SumsOfGroup = 16;

    // So many rows at a time that the sums are read and written seldom, and so few that the rows' next columns still are in the first
    // cache; a multiple of the four rows that are summed in single precision.
    private const int RowsAtATime = 8;

    // Columns of one part are whole cache lines; and with fewer elements another thread is not worth waking.
    private const int Grain = 16;
    private const int ElementsOfPart = 32 * 1024;

    public static void Run<TJob>(in TJob job, int rows, int columns, WorkerGang gang)
        where TJob : struct, IColumnJob
    {
        long work = (long)rows * columns / ElementsOfPart;
        Parts<TJob> parts = new() { Job = job, Rows = rows, Columns = columns };
        parts.Count = (int)Math.Clamp(work, 1, Math.Clamp(columns / Grain, 1, gang.Threads));
        gang.Run(ref parts, parts.Count);
    }

    private struct Parts<TJob> : IParallelJob
        where TJob : struct, IColumnJob
    {
        public TJob Job;
        public int Rows;
        public int Columns;
        public int Count;

        public readonly void Run(int part)
        {
            int first = Edge(part), columns = Edge(part + 1) - first;
            if (columns < Group)
            {
                for (int c = 0; c < columns; c++)
                    Job.Single(first + c);
                return;
            }

            // Some columns are done twice, with the same result, so that the last few need no slow way of their own.
            int groups = (columns + Group - 1) / Group, last = first + columns - Group;
            double* sums = (double*)PackBuffer.Get((nuint)(2 * SumsOfGroup * groups));
            new Span<double>(sums, SumsOfGroup * groups).Clear();
            for (int pass = 0; pass < Job.Passes; pass++)
            {
                for (int r = 0; r < Rows; r += RowsAtATime)
                {
                    for (int g = 0; g < groups; g++)
                        Job.Add(pass, r, Math.Min(r + RowsAtATime, Rows), Math.Min(first + g * Group, last), sums + g * SumsOfGroup);
                }

                for (int g = 0; g < groups; g++)
                    Job.Finish(pass, Math.Min(first + g * Group, last), sums + g * SumsOfGroup);
            }
        }

        private readonly int Edge(int part) => part == Count ? Columns : (int)((long)Columns * part / Count / Grain * Grain);
    }
}
