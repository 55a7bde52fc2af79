using Adversarial.Mutations;

namespace Adversarial.Detectors.Tests;

/// <summary>Files that claim more than they hold: refused before memory or time goes into what they claim. Alone: what other tests allocate must not count.</summary>
[Collection(nameof(ModelSizeTests))]
[CollectionDefinition(nameof(ModelSizeTests), DisableParallelization = true)]
public class ModelSizeTests
{
    private const long FewBytes = 8 << 20;

    /// <summary>A model file with other options and another number of columns; all that follows stays.</summary>
    private static byte[] With(string method, Func<string, string> options, int columns = 5)
    {
        byte[] file = SmallModels.File(method);
        using var reader = new BinaryReader(new MemoryStream(Frame.Content(file)));
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write(reader.ReadString());
        writer.Write(options(reader.ReadString()));
        reader.ReadInt32();
        writer.Write(columns);
        reader.BaseStream.CopyTo(content);
        return Frame.With(file, content.ToArray());
    }

    private static string Replace(string text, string old, string replacement)
    {
        Assert.Contains(old, text);
        return text.Replace(old, replacement, StringComparison.Ordinal);
    }

    // What is allocated until the refusal, in bytes, and the refusal.
    private static (long Allocated, string Message) Refused(Stream stream)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        string message = Assert.Throws<FormatException>(() => DetectorFile.Load(stream)).Message;
        return (GC.GetTotalAllocatedBytes(precise: true) - before, message);
    }

    private static void RefusedAtOnce(byte[] file, string message)
    {
        (long allocated, string refusal) = Refused(new MemoryStream(file));
        Assert.Contains(message, refusal);
        Assert.InRange(allocated, 0, FewBytes + 8 * file.Length);
    }

    [Theory]
    [InlineData("DA3D", "\"EncoderLayerSizes\":[6,4]")]
    [InlineData("DA3D", "\"AlarmLayerSizes\":[6,4]")]
    [InlineData("ALAD", "\"GeneratorLayerSizes\":[6,4]")]
    [InlineData("ARN", "\"DiscriminatorLayerSizes\":[6,4]")]
    [InlineData("AnoEAN", "\"EncoderLayerSizes\":[6,4]")]
    public void Wide_layers_of_a_small_file(string method, string sizes) =>
        RefusedAtOnce(With(method, options => Replace(options, sizes, sizes.Replace("6,4", "65536,32768", StringComparison.Ordinal))), "bytes are there");

    [Theory]
    [MemberData(nameof(NetworkMethods))]
    public void Members_without_number(string method) =>
        RefusedAtOnce(With(method, options => Replace(options, "\"EnsembleSize\":2", "\"EnsembleSize\":100")), "bytes are there");

    public static TheoryData<string> Methods => [.. SmallModels.Methods];

    public static TheoryData<string> NetworkMethods => [.. SmallModels.NetworkMethods];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Columns_without_number(string method) => RefusedAtOnce(With(method, options => options, columns: 1 << 24), "16,777,216 features");

    [Fact]
    public void Codes_whose_moments_would_be_large() => RefusedAtOnce(With("ARN", options => Replace(
        Replace(options, "\"Divergence\":\"KullbackLeibler\"", "\"Divergence\":\"None\""), "\"EncoderLayerSizes\":[6,4]", "\"EncoderLayerSizes\":[1,40000]")),
        "bytes are there");

    [Fact]
    public void Layers_without_number()
    {
        string layers = string.Join(',', Enumerable.Repeat("1", 2_000_000));
        RefusedAtOnce(With("DA3D", options => Replace(options, "\"CriticLayerSizes\":[6,4]", $"\"CriticLayerSizes\":[{layers}]")), "a text of 4,0");
    }

    [Fact]
    public void More_layers_than_anybody_asks_for()
    {
        string layers = string.Join(',', Enumerable.Repeat("1", 300));
        RefusedAtOnce(With("DA3D", options => Replace(options, "\"CriticLayerSizes\":[6,4]", $"\"CriticLayerSizes\":[{layers}]")), "at most 256 sizes");
    }

    [Fact]
    public void More_groups_than_columns()
    {
        string groups = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"{{\"Start\":{2 * i},\"Length\":2}}"));
        RefusedAtOnce(With("ARN", options => Replace(options, "[{\"Start\":2,\"Length\":3}]", $"[{groups}]")), "CategoricalGroups");
    }

    [Fact]
    public void A_file_that_unpacks_to_more_than_its_start_accounts_for_is_not_read_to_its_end()
    {
        const int length = 1 << 30;
        byte[] file = SmallModels.File("DA3D");
        BitConverter.TryWriteBytes((file = [.. file]).AsSpan(12), length);
        using var stream = new EndlessStream(file);
        (long allocated, string message) = Refused(stream);
        Assert.Contains("accounts for fewer", message);
        Assert.InRange(allocated, 0, 80L << 20);
        Assert.InRange(stream.Given, 0, 80L << 20);
    }

    [Fact]
    public void A_large_model_comes_from_a_stream_of_unknown_length_as_from_a_file()
    {
        var options = new Da3dOptions { Seed = 1, NumberOfThreads = 1, MaximumNumberOfSteps = 1, BatchSize = 2, EnsembleSize = 1, AlarmLayerSizes = [4500, 4000] };
        Detector detector = DetectorRegistry.For(options).Create(options, 2);
        FeatureMatrix rows = FeatureMatrix.FromRows([[0.1f, 0.9f], [0.4f, 0.2f]]);
        detector.Fit(rows);
        byte[] file = SmallModels.Save(detector);
        Assert.InRange(file.Length, FramedContent.UncountedLength + 1, int.MaxValue);
        using var stream = new EndlessStream(file);
        Assert.Equal(detector.Score(rows), DetectorFile.Load(stream).Score(rows));
        Assert.Equal(detector.Score(rows), SmallModels.Load(file).Score(rows));
        Assert.Contains("truncated", Refused(new MemoryStream(file[..^5000])).Message);
    }

    /// <summary>Some bytes and then zeros for ever, as from a decompressor: its length is not known.</summary>
    private sealed class EndlessStream(byte[] start) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            buffer.Clear();
            if (Given < start.Length)
                start.AsSpan((int)Given, (int)Math.Min(buffer.Length, start.Length - Given)).CopyTo(buffer);
            Given += buffer.Length;
            return buffer.Length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
