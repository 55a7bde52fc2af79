namespace Adversarial.Numerics;

/// <summary>Sums over the rows for a range of columns, in one pass over the rows or in two.</summary>
internal unsafe interface IColumnJob
{
    /// <summary>The number of passes over the rows.</summary>
    int Passes { get; }

    /// <summary>Adds four rows to the sums of each group, sixteen a group and 0 at first.</summary>
    void AddFour(int pass, int row, in ColumnLanes columns, double* sums);

    /// <summary>Adds one row.</summary>
    void AddOne(int pass, int row, in ColumnLanes columns, double* sums);

    /// <summary>Takes what a pass has summed up for the eight columns from <paramref name="column"/> on.</summary>
    void Finish(int pass, int column, double* sums);

    /// <summary>A single column, by itself.</summary>
    void Single(int column);
}

/// <summary>
/// Runs column sums. Every column is one chain over the rows in ascending order, in double precision, whose links are the sums of four rows
/// in single precision: the same bits on every instruction set, at any number of threads and in the plain loops of the reference. Rows are
/// read in the order in which they lie in memory, few at a time: each is a stream that the processor has to foresee.
/// </summary>
internal static unsafe class ColumnChains
{
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
            int first = Edge(part), end = Edge(part + 1);
            if (end - first < ColumnLanes.Group)
            {
                for (int c = first; c < end; c++)
                    Job.Single(c);
                return;
            }

            ColumnLanes columns = new(first, end);
            int length = ColumnLanes.SumsOfGroup * columns.Groups, fours = Rows & ~3;
            double* sums = (double*)PackBuffer.Get((nuint)(2 * length));
            new Span<double>(sums, length).Clear();
            for (int pass = 0; pass < Job.Passes; pass++)
            {
                for (int r = 0; r < fours; r += 4)
                    Job.AddFour(pass, r, columns, sums);
                for (int r = fours; r < Rows; r++)
                    Job.AddOne(pass, r, columns, sums);
                for (int g = 0; g < columns.Groups; g++)
                    Job.Finish(pass, columns.Column(g), sums + g * ColumnLanes.SumsOfGroup);
            }
        }

        private readonly int Edge(int part) => part == Count ? Columns : (int)((long)Columns * part / Count / Grain * Grain);
    }
}
