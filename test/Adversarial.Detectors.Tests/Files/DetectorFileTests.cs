using System.Text;

namespace Adversarial.Detectors.Tests;

/// <summary>Files that are intact by their checksum and yet wrong, and streams that hold more than a model.</summary>
public class DetectorFileTests
{
    private const int HeaderLength = 16;
    private const int ChecksumLength = 8;

    private static readonly FeatureMatrix _rows = FeatureMatrix.FromRows([[0.1f, 0.9f], [0.4f, 0.2f], [0.8f, 0.3f]]);
    private static readonly Detector _detector = Fit();
    private static readonly byte[] _file = Save(_detector);

    private static Detector Fit()
    {
        var options = new Da3dOptions { Seed = 1, NumberOfThreads = 1, MaximumNumberOfSteps = 1, AlarmLayerSizes = [8], EncoderLayerSizes = [6] };
        Detector detector = DetectorRegistry.For(options).Create(options, 2);
        detector.Fit(_rows);
        return detector;
    }

    private static byte[] Save(Detector detector)
    {
        using var stream = new MemoryStream();
        DetectorFile.Save(detector, stream);
        return stream.ToArray();
    }

    private static string Refused(byte[] file) => Assert.Throws<FormatException>(() => DetectorFile.Load(new MemoryStream(file))).Message;

    // The file with another content, its length and checksum put right.
    private static byte[] With(Func<byte[], byte[]> change)
    {
        byte[] content = change(_file[HeaderLength..^ChecksumLength]);
        ulong hash = 14695981039346656037;
        foreach (byte value in content)
            hash = (hash ^ value) * 1099511628211;
        return [.. _file[..12], .. BitConverter.GetBytes(content.Length), .. content, .. BitConverter.GetBytes(hash)];
    }

    private static byte[] WithText(string old, string replacement) => With(content =>
    {
        string text = Encoding.Latin1.GetString(content);
        Assert.Contains(old, text);
        Assert.Equal(old.Length, replacement.Length);
        return Encoding.Latin1.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal));
    });

    // Behind name and options: columns, threshold, then offset, scale and range of each column.
    private static int StateOf(byte[] content)
    {
        using var reader = new BinaryReader(new MemoryStream(content));
        reader.ReadString();
        reader.ReadString();
        return (int)reader.BaseStream.Position;
    }

    [Fact]
    public void The_helper_rebuilds_a_file_that_loads() =>
        Assert.Equal(_detector.Score(_rows), DetectorFile.Load(new MemoryStream(With(content => content))).Score(_rows));

    [Fact]
    public void A_method_that_is_not_there_is_named() => Assert.Contains("'DB3D'", Refused(WithText("DA3D", "DB3D")));

    [Fact]
    public void Options_that_are_no_json_are_refused() => Assert.Contains("damaged", Refused(WithText("\"Sigma\":", "\"Sigma\"!")));

    [Fact]
    public void Options_out_of_range_are_refused() => Assert.Contains("Sigma", Refused(WithText("\"Sigma\":2", "\"Sigma\":0")));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void An_impossible_number_of_features_is_refused(int columns) => Assert.Contains($"{columns} features", Refused(With(content =>
    {
        BitConverter.TryWriteBytes(content.AsSpan(StateOf(content)), columns);
        return content;
    })));

    [Fact]
    public void Another_number_of_features_than_the_networks_have_is_refused() => Refused(With(content =>
    {
        BitConverter.TryWriteBytes(content.AsSpan(StateOf(content)), 3);
        return content;
    }));

    [Fact]
    public void Weights_that_are_not_finite_are_refused() => Assert.Contains("not finite", Refused(With(content =>
    {
        BitConverter.TryWriteBytes(content.AsSpan(content.Length - 4), float.NaN);
        return content;
    })));

    [Fact]
    public void Networks_of_other_names_are_refused() => Assert.Contains("'encoder' is expected", Refused(WithText("encoder", "ENCODER")));

    [Fact]
    public void Content_that_ends_early_is_refused() => Assert.Contains("truncated", Refused(With(content => content[..^4])));

    [Theory]
    [InlineData(0)]
    [InlineData(-7)]
    public void A_version_below_the_first_is_damage(int version)
    {
        byte[] file = [.. _file];
        BitConverter.TryWriteBytes(file.AsSpan(8), version);
        Assert.Contains("damaged", Refused(file));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_damaged_length_asks_for_no_memory(int length)
    {
        byte[] file = [.. _file];
        BitConverter.TryWriteBytes(file.AsSpan(12), length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("truncated", Refused(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_model_is_read_to_its_end_and_no_further()
    {
        using var stream = new MemoryStream([.. _file, .. _file, 42]);
        Assert.Equal(_detector.Threshold, DetectorFile.Load(stream).Threshold);
        Assert.Equal(_file.Length, stream.Position);
        Assert.Equal(_detector.Threshold, DetectorFile.Load(stream).Threshold);
        Assert.Equal(42, stream.ReadByte());
    }

    [Fact]
    public void A_changed_threshold_is_saved()
    {
        Detector copy = DetectorFile.Load(new MemoryStream(_file));
        copy.Threshold = 0.25f;
        Assert.Equal(0.25f, DetectorFile.Load(new MemoryStream(Save(copy))).Threshold);
    }

    [Fact]
    public void A_detector_that_is_not_fitted_cannot_be_saved_or_scored()
    {
        Detector fresh = DetectorRegistry.Get("DA3D").Create(new Da3dOptions(), 2);
        using var stream = new MemoryStream();
        Assert.Contains("Fit", Assert.Throws<InvalidOperationException>(() => DetectorFile.Save(fresh, stream)).Message);
        Assert.Equal(0, stream.Length);
        Assert.Throws<InvalidOperationException>(fresh.CreateScorer);
        Assert.Throws<InvalidOperationException>(() => fresh.CreateParallelScorer(2));
    }
}
