using System.Buffers;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>What stands in a column that is written.</summary>
internal enum OutputKind
{
    /// <summary>A number; NaN where there is none.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Whole,
}

/// <summary>A column that is written.</summary>
internal sealed record OutputColumn(string Name, OutputKind Kind);

/// <summary>Some rows that are written, column by column. It is filled again and again, and may share arrays with what was read.</summary>
internal sealed class OutputBlock(int columns)
{
    /// <summary>Rows that it holds.</summary>
    public int Count { get; set; }

    /// <summary>Values of the columns: arrays of float, string, bool or long, at least as long as there are rows.</summary>
    public Array[] Values { get; } = new Array[columns];

    /// <summary>Lines that stand before the values, where the input's are copied; else null.</summary>
    public RowBlock? Lines { get; set; }

    /// <summary>The rows as bytes, where the format writes rows one by one.</summary>
    public ArrayBufferWriter<byte> Bytes { get; } = new();

    public float[] Numbers(int column) => (float[])Values[column];

    public string[] Texts(int column) => (string[])Values[column];

    public long[] Wholes(int column) => (long[])Values[column];

    public bool[] Flags(int column) => (bool[])Values[column];
}
