using Microsoft.ML.Data;
using Orleans;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>How a file of rows is read: every silo reads it alike.</summary>
[GenerateSerializer, Immutable, Alias("Adversarial.FileFormat")]
public sealed class ClusterFileFormat
{
    private ClusterFileFormat()
    {
    }

    [Id(0)]
    private char Separator { get; init; }

    [Id(1)]
    private bool HasHeader { get; init; }

    [Id(2)]
    private ClusterColumn[] Columns { get; init; } = [];

    /// <summary>ML.NET's own format, which <c>mlContext.Data.SaveAsBinary</c> writes: names, types and slot names are in the file. Reading it costs least.</summary>
    public static ClusterFileFormat Binary { get; } = new();

    /// <summary>Text of separated columns, as <c>mlContext.Data.LoadFromTextFile</c> reads it, but that a number that is missing is NaN and not 0.</summary>
    /// <param name="separator">Between columns.</param>
    /// <param name="hasHeader">Whether the first line holds names.</param>
    /// <param name="columns">What is read, at least one column.</param>
    /// <exception cref="ArgumentException">No column is named.</exception>
    public static ClusterFileFormat Text(char separator, bool hasHeader, params ClusterColumn[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length == 0)
            throw new ArgumentException("Name at least one column to read.", nameof(columns));
        return new ClusterFileFormat { Separator = separator, HasHeader = hasHeader, Columns = [.. columns] };
    }

    /// <summary>The rows of a file; they are read when they are asked for.</summary>
    /// <exception cref="IOException">The file is not there.</exception>
    internal IDataView Open(MLContext context, string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}' on {Environment.MachineName}, or it cannot be read: all silos and the caller take files from the same path, as of a shared folder.", path);
        return Columns.Length == 0
            ? context.Data.LoadFromBinary(path)
            : context.Data.LoadFromTextFile(path, new TextLoader.Options
            {
                Separators = [Separator],
                HasHeader = HasHeader,
                MissingRealsAsNaNs = true,
                Columns = Array.ConvertAll(Columns, column => column.ForLoader),
                // The order of rows is that of the lines, and a silo has other jobs for its cores.
                UseThreads = false,
            });
    }
}

/// <summary>A column that is read from a text: one number or text, or a vector of neighbouring ones.</summary>
[GenerateSerializer, Immutable, Alias("Adversarial.Column")]
public sealed class ClusterColumn
{
    /// <summary>Makes a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">What its cells hold.</param>
    /// <param name="first">The first of its places in a line, from 0.</param>
    /// <param name="last">The last one, included; null: a single value.</param>
    /// <exception cref="ArgumentException">The name is empty, or a place below 0 or before the first.</exception>
    public ClusterColumn(string name, DataKind kind, int first, int? last = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        if (last < first)
            throw new ArgumentOutOfRangeException(nameof(last), last, $"The last place of column '{name}' must be at least the first one, {first}.");
        (Name, Kind, First, Last) = (name, kind, first, last);
    }

    /// <summary>Its name.</summary>
    [Id(0)]
    public string Name { get; }

    /// <summary>What its cells hold.</summary>
    [Id(1)]
    public DataKind Kind { get; }

    /// <summary>The first of its places in a line, from 0.</summary>
    [Id(2)]
    public int First { get; }

    /// <summary>The last one, included; null: a single value.</summary>
    [Id(3)]
    public int? Last { get; }

    internal TextLoader.Column ForLoader => Last is { } last ? new TextLoader.Column(Name, Kind, First, last) : new TextLoader.Column(Name, Kind, First);
}
