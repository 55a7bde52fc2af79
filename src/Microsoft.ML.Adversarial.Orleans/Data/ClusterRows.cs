using Microsoft.ML.Data;
using Orleans;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>The rows of a fit: a file that all silos and the caller read from the same path, or a few rows that travel with each job.</summary>
[GenerateSerializer, Immutable, Alias("Adversarial.Rows")]
public sealed class ClusterRows
{
    /// <summary>Bytes of rows that travel with each job, at most: 16 MiB.</summary>
    public const int MostTravellingBytes = 1 << 24;

    private ClusterRows()
    {
    }

    [Id(0)]
    private string? Path { get; init; }

    [Id(1)]
    private ClusterFileFormat Format { get; init; } = ClusterFileFormat.Binary;

    [Id(2)]
    private byte[] Bytes { get; init; } = [];

    /// <summary>A vector of <see cref="float"/> of known size.</summary>
    [Id(3)]
    public string FeatureColumnName { get; private init; } = "";

    /// <summary>If given, only rows labelled normal are trained on, or known anomalies too by a method that learns from them.</summary>
    [Id(4)]
    public string? LabelColumnName { get; private init; }

    /// <summary>The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</summary>
    [Id(5)]
    public string? NormalLabel { get; private init; }

    /// <summary>Rows of a file.</summary>
    /// <param name="path">The file: the caller and all silos find it there, as in a shared folder.</param>
    /// <param name="format">How it is read.</param>
    /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
    /// <param name="labelColumnName">The truth, where there is one.</param>
    /// <param name="normalLabel">The label that is normal.</param>
    public static ClusterRows FromFile(string path, ClusterFileFormat format, string featureColumnName = "Features", string? labelColumnName = null, string? normalLabel = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentException.ThrowIfNullOrEmpty(featureColumnName);
        return new ClusterRows { Path = System.IO.Path.GetFullPath(path), Format = format, FeatureColumnName = featureColumnName, LabelColumnName = labelColumnName, NormalLabel = normalLabel };
    }

    /// <summary>Rows that travel with each job: no shared folder is needed, and there may be few of them only.</summary>
    /// <param name="context">The context.</param>
    /// <param name="view">The rows; the two columns are read once, now.</param>
    /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
    /// <param name="labelColumnName">The truth, where there is one.</param>
    /// <param name="normalLabel">The label that is normal.</param>
    /// <exception cref="ArgumentException">They take more than <see cref="MostTravellingBytes"/>.</exception>
    public static ClusterRows FromView(MLContext context, IDataView view, string featureColumnName = "Features", string? labelColumnName = null, string? normalLabel = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentException.ThrowIfNullOrEmpty(featureColumnName);
        IDataView columns = context.Transforms.SelectColumns(labelColumnName is null ? [featureColumnName] : [featureColumnName, labelColumnName]).Fit(view).Transform(view);
        using var stream = new BoundedStream(MostTravellingBytes);
        try
        {
            context.Data.SaveAsBinary(columns, stream);
        }
        catch (Exception failure) when (stream.IsOverfull)
        {
            throw new ArgumentException($"The rows take more than {MostTravellingBytes:N0} bytes, and no more travel with a job: write them to a file that all silos read (mlContext.Data.SaveAsBinary), and name it by {nameof(FromFile)}.", nameof(view), failure);
        }

        return new ClusterRows { Bytes = stream.ToArray(), FeatureColumnName = featureColumnName, LabelColumnName = labelColumnName, NormalLabel = normalLabel };
    }

    /// <summary>The file; null where the rows travel.</summary>
    internal string? File => Path;

    /// <summary>The rows.</summary>
    /// <exception cref="IOException">The file is not there.</exception>
    internal IDataView Open(MLContext context) => Path is null ? context.Data.LoadFromBinary(new Source(Bytes)) : Format.Open(context, Path);

    /// <summary>Takes no more than a number of bytes.</summary>
    private sealed class BoundedStream(int most) : MemoryStream
    {
        public bool IsOverfull { get; private set; }

        // All ways of writing come here.
        public override void Write(byte[] buffer, int offset, int count)
        {
            IsOverfull |= Position + count > most;
            if (IsOverfull)
                throw new IOException("There is no more room.");
            base.Write(buffer, offset, count);
        }

        public override void WriteByte(byte value) => Write([value], 0, 1);
    }

    private sealed class Source(byte[] bytes) : IMultiStreamSource
    {
        public int Count => 1;

        public string GetPathOrNull(int index) => null!;

        public Stream Open(int index) => new MemoryStream(bytes, writable: false);

        public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
    }
}
