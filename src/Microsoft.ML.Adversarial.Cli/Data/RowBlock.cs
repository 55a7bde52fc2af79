using System.Buffers;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>How a column is read.</summary>
internal enum CellKind
{
    /// <summary>As a number; what is missing is NaN.</summary>
    Number,

    /// <summary>As it stands.</summary>
    Text,
}

/// <summary>A column to read.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Kind">How its cells are read.</param>
internal sealed record ColumnRequest(string Name, CellKind Kind);

/// <summary>Some rows of the columns that were asked for, column by column. It is filled again and again.</summary>
internal sealed class RowBlock
{
    /// <summary>The most rows.</summary>
    public const int Capacity = 4096;

    public RowBlock(IReadOnlyList<ColumnRequest> columns)
    {
        Numbers = [.. columns.Select(column => column.Kind == CellKind.Number ? new float[Capacity] : [])];
        Texts = [.. columns.Select(column => column.Kind == CellKind.Text ? new string[Capacity] : [])];
    }

    /// <summary>Number of the first row in the file, from 1.</summary>
    public long FirstRow { get; set; }

    /// <summary>Rows that it holds.</summary>
    public int Count { get; set; }

    /// <summary>For each column its numbers; none for a column of texts.</summary>
    public float[][] Numbers { get; }

    /// <summary>For each column its texts; none for a column of numbers.</summary>
    public string[][] Texts { get; }

    /// <summary>The rows' lines, one behind another, where they were asked for.</summary>
    public ArrayBufferWriter<char> Lines { get; } = new();

    /// <summary>Where each row's line ends in <see cref="Lines"/>.</summary>
    public int[] LineEnds { get; } = new int[Capacity];

    /// <summary>The line of a row.</summary>
    public ReadOnlySpan<char> Line(int row)
    {
        int start = row == 0 ? 0 : LineEnds[row - 1];
        return Lines.WrittenSpan[start..LineEnds[row]];
    }
}
