using System.IO.Compression;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Loading with errors that say what is wrong with the file.</summary>
public class LoadDetectorTests
{
    private const int BombLength = 128 << 20;
    private const long MostBytes = 64L << 20;

    private static readonly float[][] _rows = Simulated.Rows(40);
    private static readonly MLContext _mlContext = new(1);
    private static readonly TableView _data = Simulated.Table(_rows);
    private static readonly AnomalyDetectorTransformer _model = Simulated.Fit(_data);
    private static readonly byte[] _file = ModelArchive.Save(_model, _data.Schema);

    private static byte[] Damaged() => ModelArchive.WithBlock(_file, block =>
    {
        block[40] ^= 1;
        return block;
    });

    [Fact]
    public void APathOrAStreamGivesModelAndSchema()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("model.zip"), _file);
        Assert.Equal(Simulated.Scores(_model, _rows), Simulated.Scores(_mlContext.Model.LoadDetector(folder.File("model.zip"), out DataViewSchema schema), _rows));
        Assert.Equal("Features", Assert.Single(schema).Name);
        using var stream = new MemoryStream(_file);
        Assert.IsType<AnomalyDetectorTransformer>(_mlContext.Model.LoadDetector(stream, out _));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void TheReasonIsTheMessage()
    {
        FormatException failure = Assert.Throws<FormatException>(() => _mlContext.Model.LoadDetector(new MemoryStream(Damaged()), out _));
        Assert.Equal("The model is damaged: its checksum differs.", failure.Message);
        Assert.NotNull(failure.InnerException);
    }

    [Fact]
    public void InAChainToo()
    {
        ITransformer chain = _mlContext.Transforms.NormalizeMinMax("Features").Append(_mlContext.AnomalyDetection.Trainers.Da3d(Simulated.FastOptions())).Fit(_data);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(chain, _data.Schema, stream);
        byte[] damaged = ModelArchive.WithEntry(stream.ToArray(), entry => entry.AsSpan().IndexOf("ADVTRANS"u8) < 0 ? entry : ModelArchive.WithBlockOf(entry, block =>
        {
            block[40] ^= 1;
            return block;
        }));
        Assert.Equal("The model is damaged: its checksum differs.",
            Assert.Throws<FormatException>(() => _mlContext.Model.LoadDetector(new MemoryStream(damaged), out _)).Message);
    }

    [Fact]
    public void WhatIsNoModelSaysSo()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => _mlContext.Model.LoadDetector(folder.File("missing.zip"), out _));
        File.WriteAllText(folder.File("text.zip"), "no archive");
        Assert.NotEmpty(Assert.Throws<FormatException>(() => _mlContext.Model.LoadDetector(folder.File("text.zip"), out _)).Message);
        using (ZipArchive archive = ZipFile.Open(folder.File("other.zip"), ZipArchiveMode.Create))
            archive.CreateEntry("other.txt");
        Assert.NotEmpty(Assert.Throws<FormatException>(() => _mlContext.Model.LoadDetector(folder.File("other.zip"), out _)).Message);
    }

    [Fact]
    public void NoDamagedByteOfTheArchiveGoesUnnoticed()
    {
        float[] expected = Simulated.Scores(_model, _rows);
        for (int at = 0; at < _file.Length; at += 7)
        {
            byte[] damaged = [.. _file];
            damaged[at] ^= 0x10;
            try
            {
                // Names, times and what else no reader looks at may differ.
                ITransformer model = _mlContext.Model.LoadDetector(new MemoryStream(damaged), out DataViewSchema schema);
                Assert.True(schema is null || schema.Single().Name == "Features", $"byte {at}");
                Assert.Equal(expected, Simulated.Scores(model, _rows));
            }
            catch (FormatException)
            {
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(1500)]
    public void ATruncatedFileIsToldSoWithTheRemedy(int length)
    {
        string message = Assert.Throws<FormatException>(() => _mlContext.Model.LoadDetector(new MemoryStream(_file[..length]), out _)).Message;
        Assert.StartsWith("This is no saved model, or it is truncated or damaged", message);
        Assert.Contains("save the model again", message);
    }

    // ML.NET unpacks the entry to a temporary file: that is its own affair.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnArchiveThatUnpacksToMuchTakesNoMemory(bool rightChecksum)
    {
        byte[] bomb = ModelArchive.WithContent(_file, content => [.. content, .. new byte[BombLength]]);
        if (!rightChecksum)
            bomb = ModelArchive.WithBlock(bomb, block => [.. block[..^1], (byte)(block[^1] ^ 1)]);
        Assert.InRange(bomb.Length, 1, BombLength / 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FormatException failure = Assert.Throws<FormatException>(() => _mlContext.Model.LoadDetector(new MemoryStream(bomb), out _));
        Assert.Contains(rightChecksum ? "not as long as it says" : "checksum differs", failure.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
    }
}
