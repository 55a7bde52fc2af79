using System.IO.Compression;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Model files that are cut, damaged or of a newer version: each a clear error, never a wrong score.</summary>
public class ModelFileTests
{
    // The head of a model entry: version written and version needed to read, then, behind 256 bytes, the block.
    private const int VersionWritten = 0x48;
    private const int VersionReadable = 0x4C;
    private const string Entry = "Model.key";

    private static readonly float[][] _rows = Simulated.Rows(40);
    private static readonly byte[] _file = Save();

    private static byte[] Save()
    {
        TableView data = Simulated.Table(_rows);
        using var stream = new MemoryStream();
        new MLContext(1).Model.Save(Simulated.Fit(data), data.Schema, stream);
        return stream.ToArray();
    }

    // The same archive, its model entry changed.
    private static byte[] Change(Func<byte[], byte[]> change)
    {
        using var result = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(_file)))
        using (var target = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in source.Entries)
            {
                using var content = new MemoryStream();
                using (Stream from = entry.Open())
                    from.CopyTo(content);
                using Stream to = target.CreateEntry(entry.FullName).Open();
                to.Write(entry.FullName.EndsWith(Entry, StringComparison.Ordinal) ? change(content.ToArray()) : content.ToArray());
            }
        }

        return result.ToArray();
    }

    private static ITransformer Load(byte[] file) => new MLContext().Model.Load(new MemoryStream(file), out _);

    // ML.NET wraps what a loader throws, differently for each way to the loader.
    private static string Message(byte[] file)
    {
        Exception failure = Assert.ThrowsAny<Exception>(() => Load(file));
        for (Exception? at = failure; at is not null; at = at.InnerException)
        {
            if (at is FormatException)
                return at.Message;
        }

        throw new InvalidOperationException("No FormatException tells what is wrong.", failure);
    }

    private static int IndexOf(byte[] bytes, ReadOnlySpan<byte> part) => bytes.AsSpan().IndexOf(part);

    [Fact]
    public void AnUnchangedCopyLoads() =>
        Assert.Equal(Simulated.Scores(Load(_file), _rows), Simulated.Scores(Load(Change(bytes => bytes)), _rows));

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.99)]
    public void ATruncatedFileIsNoArchive(double share) =>
        Assert.Contains("Failed to open a zip archive", Message(_file[..(int)(share * _file.Length)]));

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(1500)]
    public void ATruncatedEntryIsRefused(int length) => Assert.NotEmpty(Assert.ThrowsAny<Exception>(() => Load(Change(bytes => bytes[..length]))).Message);

    [Fact]
    public void ATruncatedDetectorSaysSo()
    {
        // The detector's length field, behind its magic and version, promises more than there is.
        string message = Message(Change(bytes =>
        {
            int length = IndexOf(bytes, "ADVDETCT"u8) + 12;
            BitConverter.TryWriteBytes(bytes.AsSpan(length), 1 << 24);
            return bytes;
        }));
        Assert.Contains("truncated", message);
    }

    [Fact]
    public void ADamagedDetectorSaysSo()
    {
        string message = Message(Change(bytes =>
        {
            bytes[IndexOf(bytes, "ADVDETCT"u8) + 200] ^= 0x10;
            return bytes;
        }));
        Assert.Contains("damaged", message);
        Assert.Contains("checksum", message);
    }

    [Fact]
    public void ANewerModelVersionIsTooNew()
    {
        string message = Message(Change(bytes =>
        {
            bytes[VersionWritten]++;
            bytes[VersionReadable]++;
            return bytes;
        }));
        Assert.Contains("too new", message);
    }

    [Fact]
    public void ANewerDetectorFormatAsksForAnUpdate()
    {
        string message = Message(Change(bytes =>
        {
            bytes[IndexOf(bytes, "ADVDETCT"u8) + 8]++;
            return bytes;
        }));
        Assert.Contains("newer version", message);
    }

    [Fact]
    public void AnotherMethodThanTheLibraryKnowsIsNamed()
    {
        // The checksum is right only if the name is changed before it is computed, so the name stands in a file of its own making.
        string message = Message(Change(bytes => Rewrite(bytes, content =>
        {
            content[IndexOf(content, "DA3D"u8)] = (byte)'X';
            return content;
        })));
        Assert.Contains("'XA3D'", message);
    }

    private static byte[] Rewrite(byte[] bytes, Func<byte[], byte[]> change)
    {
        int start = IndexOf(bytes, "ADVDETCT"u8) + 16;
        int length = BitConverter.ToInt32(bytes, start - 4);
        byte[] content = change(bytes[start..(start + length)]);
        content.CopyTo(bytes, start);
        ulong hash = content.Aggregate(14695981039346656037UL, (value, b) => (value ^ b) * 1099511628211UL);
        BitConverter.TryWriteBytes(bytes.AsSpan(start + length), hash);
        return bytes;
    }
}
