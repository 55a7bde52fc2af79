using System.Globalization;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>Scaled training rows that a model keeps: all of them, or so many drawn ones.</summary>
internal sealed partial class KeptRows
{
    /// <summary>The largest magnitude of a value: no sum of squares of such overflows, and no scaling gives more.</summary>
    public const float Limit = 1e9f;

    private const ulong SamplePurpose = 1UL << 60;

    private KeptRows(float[] values, int count, int columns)
    {
        Values = values;
        Count = count;
        Columns = columns;
        (Squares, Lengths) = (new float[count], new float[count]);
        for (int r = 0; r < count; r++)
        {
            double squares = Reductions.SumOfSquares(this[r]);
            (Squares[r], Lengths[r]) = ((float)squares, (float)Math.Sqrt(squares));
        }
    }

    /// <summary>Number of rows, at least 2.</summary>
    public int Count { get; }

    /// <summary>Number of features.</summary>
    public int Columns { get; }

    /// <summary>The rows, one behind another.</summary>
    public float[] Values { get; }

    /// <summary>The sum of the squares of each row.</summary>
    public float[] Squares { get; }

    /// <summary>The length of each row, root of <see cref="Squares"/>.</summary>
    public float[] Lengths { get; }

    /// <summary>One row.</summary>
    public ReadOnlySpan<float> this[int row] => Values.AsSpan(row * Columns, Columns);

    /// <summary>Takes the training rows of a fit, or so many drawn ones of them, which it says.</summary>
    /// <param name="data">The rows of the fit.</param>
    /// <param name="most">The most rows that are kept.</param>
    /// <param name="seed">Seed of the fit.</param>
    /// <param name="monitor">Told what is left out.</param>
    /// <param name="places">For each training row its place among the kept ones, or -1.</param>
    public static KeptRows Take(TrainingData data, int most, int seed, FitMonitor monitor, out int[] places)
    {
        int[] taken = Places(data, most, seed);
        places = new int[data.Rows];
        Array.Fill(places, -1);
        for (int i = 0; i < taken.Length; i++)
            places[taken[i]] = i;
        if (taken.Length < data.Rows)
        {
            monitor.Note(string.Create(CultureInfo.InvariantCulture,
                $"The model keeps {taken.Length:N0} of {data.Rows:N0} training rows, drawn by the seed; a higher MaximumKeptRows keeps more."));
        }

        return Of(data, taken);
    }

    /// <summary>The rows that <see cref="Take"/> keeps, for a use that loses nothing by the others.</summary>
    public static KeptRows Draw(TrainingData data, int most, int seed) => Of(data, Places(data, most, seed));

    private static int[] Places(TrainingData data, int most, int seed) => new RandomDraws(new RandomStream((uint)seed, SamplePurpose, 0)).Sample(data.Rows, most);

    private static KeptRows Of(TrainingData data, int[] taken)
    {
        int columns = data.Normal.Columns;
        var values = new float[taken.Length * columns];
        for (int i = 0; i < taken.Length; i++)
            data.Scaling.Apply(data.TrainingRow(taken[i]), values.AsSpan(i * columns, columns));
        return new KeptRows(values, taken.Length, columns);
    }

    /// <summary>These rows; they are not copied.</summary>
    public static KeptRows Of(float[] values, int columns) => new(values, values.Length / columns, columns);

    /// <summary>Refuses a fit whose kept rows do not fit into memory.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public static void RequireMemory(int rows, int columns, int most)
    {
        int kept = Math.Min(rows, most);
        double numbers = (double)kept * columns;
        FitMemory.Require(string.Create(CultureInfo.InvariantCulture, $"{kept:N0} training rows of {columns:N0} features"),
            sizeof(float) * 1.5 * numbers, numbers, "Lower MaximumKeptRows", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    /// <summary>Bytes that <see cref="Save"/> writes for so many rows.</summary>
    public static long LengthOf(int rows, int columns) => sizeof(int) + (long)sizeof(float) * rows * columns;

    /// <summary>Writes what <see cref="Load"/> reads.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (float value in Values)
            writer.Write(value);
    }

    /// <exception cref="FormatException">There are too few or too many rows, or a value is out of range.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public static KeptRows Load(BinaryReader reader, int columns, int least, int most)
    {
        int count = ContentReading.Require(reader.ReadInt32(), value => value >= least && value <= most, "The number of rows in the model", $"{least} to {most}");
        reader.RequireBytes((long)sizeof(float) * count * columns, "The rows");
        var values = new float[count * columns];
        for (int i = 0; i < values.Length; i++)
            values[i] = ContentReading.Require(reader.ReadSingle(), value => Math.Abs(value) <= Limit, "A value of a row in the model", "a finite number in range");
        return new KeptRows(values, count, columns);
    }
}
