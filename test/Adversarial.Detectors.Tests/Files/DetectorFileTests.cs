using System.Text;
using Adversarial.Mutations;

namespace Adversarial.Detectors.Tests;

/// <summary>Files that are intact by their checksum and yet wrong, and streams that hold more than a model.</summary>
public class DetectorFileTests
{
    // Six activations and the residual of two features, eight hidden ones, a logit.
    private const int AlarmParameters = (6 + 2 + 1) * 8 + 8 + 1;

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

    private static byte[] With(Func<byte[], byte[]> change) => Frame.With(_file, change(Frame.Content(_file)));

    private static byte[] WithText(string old, string replacement) => With(content =>
    {
        string text = Encoding.Latin1.GetString(content);
        Assert.Contains(old, text);
        Assert.Equal(old.Length, replacement.Length);
        return Encoding.Latin1.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal));
    });

    // Behind name and options: columns, threshold, whether there are tails, then offset, scale and range of each column.
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

    [Fact]
    public void Content_that_goes_on_is_refused() => Assert.Contains("3 bytes follow", Refused(With(content => [.. content, 0, 0, 0])));

    [Fact]
    public void A_name_of_negative_length_is_damage() =>
        Assert.Contains("damaged", Refused(With(content => [255, 255, 255, 255, 15, .. content[5..]])));

    // The place of a number behind the number of columns: from the scaling on, a byte that says whether it has tails stands before it.
    private static int At(byte[] content, int index) => StateOf(content) + sizeof(float) * index + (index > 1 ? sizeof(bool) : 0);

    // Threshold, then offset, factor, least, greatest and mean value of each feature; then the units of a member's score and of its two parts.
    [Theory]
    [InlineData(1, float.NaN, "threshold")]
    [InlineData(2, float.PositiveInfinity, "feature 0")]
    [InlineData(3, float.NaN, "feature 0")]
    [InlineData(3, 0, "feature 0")]
    [InlineData(3, -1, "feature 0")]
    [InlineData(4, float.NaN, "feature 0")]
    [InlineData(4, 2, "feature 0 has the range 2 to")]
    [InlineData(10, -3, "feature 1 has the range")]
    [InlineData(11, float.NegativeInfinity, "feature 1")]
    [InlineData(12, float.NaN, "mean score of member 1")]
    [InlineData(13, 0, "deviation of the scores of member 1")]
    [InlineData(13, float.NaN, "deviation of the scores of member 1")]
    [InlineData(14, float.NaN, "mean score of the method")]
    [InlineData(15, 0, "deviation of the scores of the method")]
    [InlineData(16, float.PositiveInfinity, "mean score of the residual")]
    [InlineData(17, -1, "deviation of the scores of the residual")]
    public void Numbers_that_no_fit_gives_are_refused(int index, float value, string message) => Assert.Contains(message, Refused(With(content =>
    {
        BitConverter.TryWriteBytes(content.AsSpan(At(content, index)), value);
        return content;
    })));

    // The moments stand before the networks: the mean of each dimension, then the rows of the root.
    [Theory]
    [InlineData(0, double.NaN)]
    [InlineData(0, 1e300)]
    [InlineData(8, 0)]
    [InlineData(8, -1)]
    [InlineData(9, double.PositiveInfinity)]
    public void Moments_that_no_fit_gives_are_refused(int index, double value)
    {
        byte[] file = SmallModels.Save(SmallModels.FitNetworks("AnoEAN", options => options.EnsembleSize = 1));
        byte[] content = Frame.Content(file);
        int moments = At(content, 2 + 5 * SmallModels.Rows.Columns);
        BitConverter.TryWriteBytes(content.AsSpan(moments + sizeof(double) * index), value);
        Assert.Contains("codes", Refused(Frame.With(file, content)));
    }

    [Fact]
    public void Finite_weights_that_give_no_finite_score_are_refused() => Assert.Contains("no finite score", Refused(With(content =>
    {
        int alarm = Encoding.Latin1.GetString(content).IndexOf("alarm", StringComparison.Ordinal) + "alarm".Length + sizeof(int);
        for (int at = alarm; at < alarm + AlarmParameters * sizeof(float); at += sizeof(float))
            BitConverter.TryWriteBytes(content.AsSpan(at), float.MaxValue);
        return content;
    })));

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
    [InlineData(-5, "its length is -5")]
    [InlineData(1 << 30, "of 1073741824 bytes are there")]
    [InlineData(int.MaxValue, "its length is 2147483647")]
    public void A_damaged_length_asks_for_no_memory(int length, string message)
    {
        byte[] file = [.. _file];
        BitConverter.TryWriteBytes(file.AsSpan(12), length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(message, Refused(file));
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
