using System.Text;
using Adversarial.Mutations;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Model files that are cut, damaged or of a newer version: each a clear error, never a wrong score.</summary>
public class ModelFileTests
{
    // The head of a model entry: version written and version needed to read, then, behind 256 bytes, the block.
    private const int VersionWritten = 0x48;
    private const int VersionReadable = 0x4C;

    private static readonly float[][] _rows = Simulated.Rows(40);
    private static readonly byte[] _file = Save();

    private static byte[] Save()
    {
        TableView data = Simulated.Table(_rows);
        return ModelArchive.Save(Simulated.Fit(data), data.Schema);
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

    [Fact]
    public void AnUnchangedCopyLoads() =>
        Assert.Equal(Simulated.Scores(Load(_file), _rows), Simulated.Scores(Load(ModelArchive.WithContent(_file, content => content)), _rows));

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
    public void ATruncatedEntryIsRefused(int length) => Assert.NotEmpty(Assert.ThrowsAny<Exception>(() => Load(ModelArchive.WithEntry(_file, bytes => bytes[..length]))).Message);

    [Fact]
    public void ATruncatedDetectorSaysSo()
    {
        // The detector's length field, behind its magic and version, promises more than there is.
        string message = Message(ModelArchive.WithContent(_file, content =>
        {
            BitConverter.TryWriteBytes(content.AsSpan(Detector(content) + 12), 1 << 24);
            return content;
        }));
        Assert.Contains("truncated", message);
    }

    [Theory]
    [InlineData("the column's name", 17)]
    [InlineData("the threshold", 27)]
    [InlineData("the handling of missing values", 29)]
    [InlineData("the detector's method", 50)]
    [InlineData("a weight", 1200)]
    public void ADamagedBitSaysSo(string what, int at)
    {
        string message = Message(ModelArchive.WithBlock(_file, block =>
        {
            block[at] ^= 0x10;
            return block;
        }));
        Assert.True(message.Contains("damaged") && message.Contains("checksum"), $"{what}: {message}");
    }

    [Fact]
    public void ANewerModelVersionIsTooNew()
    {
        string message = Message(ModelArchive.WithEntry(_file, bytes =>
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
        string message = Message(ModelArchive.WithContent(_file, content =>
        {
            content[Detector(content) + 8]++;
            return content;
        }));
        Assert.Contains("newer version", message);
    }

    [Fact]
    public void AnotherMethodThanTheLibraryKnowsIsNamed()
    {
        string message = Message(ModelArchive.WithContent(_file, content =>
        {
            int at = Detector(content);
            return [.. content[..at], .. Frame.With(content[at..], Replace(Frame.Content(content[at..]), "DA3D", "XA3D"))];
        }));
        Assert.Contains("'XA3D'", message);
    }

    public static TheoryData<byte[], string> UnsoundHeads => new()
    {
        { Head("Features", float.NaN, 1), "its threshold is no number" },
        { Head("Features", 1, 3), "its handling of missing values is 3" },
        { Head("", 1, 1), "its column name has 0 bytes" },
        { [0xFF, 0xFF, 0xFF, 0xFF, 0x07], "its column name has 2147483647 bytes" },
        { [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], "its column name has -1 bytes" },
        { [8, 0xFF, .. "eatures"u8, 0, 0, 0, 0, 1], "damaged" },
    };

    [Theory]
    [MemberData(nameof(UnsoundHeads))]
    public void WhatIsUnsoundBehindARightChecksumIsNamed(byte[] head, string expected) =>
        Assert.Contains(expected, Message(ModelArchive.WithContent(_file, content => [.. head, .. content[Detector(content)..]])));

    [Fact]
    public void BytesBehindTheDetectorAreRefused() =>
        Assert.Contains("not as long as it says", Message(ModelArchive.WithContent(_file, content => [.. content, 0])));

    [Fact]
    public void TheOlderFormatsThresholdIsCheckedToo() =>
        Assert.Contains("its threshold is no number", Message(ModelArchive.WithEntry(_file, entry =>
        {
            entry[VersionWritten] -= 4;
            entry[VersionReadable] -= 4;
            return ModelArchive.WithBlockOf(entry, block => [.. Head("Features", float.NaN, 1)[..^1], .. Frame.Content(block)[Detector(Frame.Content(block))..]]);
        })));

    // They had no bytes that say whether there are such columns, and how many top features, which stand before the detector.
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 7)]
    [InlineData(3, 8)]
    public void FormatsBeforeTheFurtherColumnsLoad(byte older, int bytes) =>
        Assert.Equal(Simulated.Scores(Load(_file), _rows), Simulated.Scores(Load(ModelArchive.WithEntry(_file, entry =>
        {
            entry[VersionWritten] -= older;
            entry[VersionReadable] -= older;
            return ModelArchive.WithBlockOf(entry, block =>
            {
                byte[] content = Frame.Content(block);
                int detector = Detector(content);
                return Frame.With(block, [.. content[..(detector - bytes)], .. content[detector..]]);
            });
        })), _rows));

    private static byte[] Head(string column, float threshold, byte handling) =>
        [(byte)column.Length, .. Encoding.UTF8.GetBytes(column), .. BitConverter.GetBytes(threshold), handling];

    private static int Detector(byte[] content) => content.AsSpan().IndexOf("ADVDETCT"u8);

    private static byte[] Replace(byte[] content, string text, string other)
    {
        Encoding.ASCII.GetBytes(other).CopyTo(content, content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)));
        return content;
    }
}
