namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Formats in which rows are written.</summary>
internal enum RowFormat
{
    /// <summary>Comma-separated, with a header.</summary>
    Csv,

    /// <summary>Tab-separated, with a header.</summary>
    Tsv,

    /// <summary>A JSON object a line.</summary>
    Jsonl,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}

/// <summary>Writes rows block by block.</summary>
internal abstract class RowWriter : IDisposable
{
    /// <summary>Makes the bytes of a block; many blocks may be made at a time.</summary>
    public virtual void Format(OutputBlock block)
    {
    }

    /// <summary>Writes a block behind the one before.</summary>
    public abstract void Write(OutputBlock block);

    /// <summary>Writes what stands behind the last row.</summary>
    public abstract void End();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>The format of a file: as said, else by the end of its name; CSV where that tells nothing.</summary>
    public static RowFormat FormatOf(string path, RowFormat? said) => said ?? Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".TSV" => RowFormat.Tsv,
        ".JSONL" or ".NDJSON" or ".JSON" => RowFormat.Jsonl,
        ".PARQUET" => RowFormat.Parquet,
        _ => RowFormat.Csv,
    };

    /// <summary>Separator of a format; null where it has none.</summary>
    public static char? SeparatorOf(RowFormat format) => format switch
    {
        RowFormat.Csv => ',',
        RowFormat.Tsv => '\t',
        _ => null,
    };

    /// <param name="stream">Where the rows go; it stays open.</param>
    /// <param name="format">The format.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="lineHeader">Header of the lines that stand before the columns in a separated text; null: none stand there.</param>
    public static RowWriter Create(Stream stream, RowFormat format, IReadOnlyList<OutputColumn> columns, string? lineHeader = null) => format switch
    {
        RowFormat.Parquet => new ParquetRowWriter(stream, columns),
        RowFormat.Jsonl => new JsonLinesWriter(stream, columns),
        _ => new CsvWriter(stream, SeparatorOf(format)!.Value, columns, lineHeader),
    };
}
