using FluentAssertions;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Where a user is likely wrong, or will wait, the context's log says so.</summary>
public class WarningTests
{
    private static List<LoggingEventArgs> LogOf(IDataView data, Action<Da3dTrainer.Options>? change = null)
    {
        var mlContext = new MLContext(1);
        var lines = new List<LoggingEventArgs>();
        mlContext.Log += (_, line) => lines.Add(line);
        Simulated.Fit(data, change, mlContext);
        return lines;
    }

    private static IEnumerable<string> Warnings(IEnumerable<LoggingEventArgs> lines) =>
        lines.Where(line => line.Kind == ChannelMessageKind.Warning).Select(line => line.RawMessage);

    [Theory]
    [InlineData(2000, false)]
    [InlineData(2001, true)]
    public void ManyColumnsAreAdvisedAgainst(int columns, bool warned)
    {
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, columns).Select(_ => random.NextSingle()).ToArray())];
        string[] warnings = [.. Warnings(LogOf(Simulated.Table(rows), options => (options.MaximumNumberOfSteps, options.CalibrationShare) = (1, 0)))];
        if (warned)
            warnings.Should().ContainSingle().Which.Should().Contain("'Features' has 2001 slots").And.Contain("ProjectToPrincipalComponents");
        else
            warnings.Should().BeEmpty();
    }

    // Advice for tables took what makes an image of it: 64 x 64 pictures in colours were to be projected.
    [Theory]
    [InlineData(null, 3, 26, 26)]
    [InlineData("Images of 3 x 58 x 58 in column 'Features' are 10,092 numbers each: * (Transforms.ResizeImages).", 3, 58, 58)]
    [InlineData("Column 'Features' has 2028 slots: * Where its rows are images, set option ImageShape.", 2028)]
    [InlineData("Dimensions 5 x 6 x 2 of column 'Features' do not tell lines, pixels and channels: * set option ImageShape.", 5, 6, 2)]
    [InlineData("Dimensions 1 x 4 x 5 x 3 of column 'Features' *", 1, 4, 5, 3)]
    [InlineData("Dimensions 3 x 4 x 3 of column 'Features' *", 3, 4, 3)]
    [InlineData(null, 1, 20)]
    [InlineData(null, 1, 1, 20)]
    public void AdviceIsForWhatTheRowsAre(string? warning, params int[] dimensions)
    {
        var random = new Random(1);
        int size = dimensions.Aggregate(1, (product, dimension) => product * dimension);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Picture));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        IDataView data = new MLContext(1).Data.LoadFromEnumerable(
            Enumerable.Range(0, 4).Select(_ => new Picture { Features = [.. Enumerable.Range(0, size).Select(_ => random.NextSingle())] }), schema);
        var mlContext = new MLContext(1);
        var lines = new List<LoggingEventArgs>();
        mlContext.Log += (_, line) => lines.Add(line);
        mlContext.AnomalyDetection.Trainers.Autoencoder(new AutoencoderTrainer.Options { EnsembleSize = 1, MaximumNumberOfSteps = 1, CalibrationShare = 0 }).Fit(data);
        if (warning is null)
            Warnings(lines).Should().BeEmpty();
        else
            Warnings(lines).Should().ContainSingle().Which.Should().Match(warning);
    }

    private sealed class Picture
    {
        public float[] Features { get; set; } = [];
    }

    [Fact]
    public void TiesAtTheThresholdAreTold()
    {
        float[][] rows = [.. Simulated.Rows(10), .. Enumerable.Repeat(new[] { 0.25f, 0.5f, 0.75f, 0.5f }, 190)];
        Warnings(LogOf(Simulated.Table(rows), options => options.Contamination = 0.5)).Should().ContainSingle()
            .Which.Should().MatchRegex(@"^The threshold flags \d+ of 40 held-out rows where 20 were asked for: \d+ rows share the score");
    }

    // Of 10 rows an autoencoder flagged four of five new ones without a word.
    [Theory]
    [InlineData(49, null, true)]
    [InlineData(50, null, false)]
    [InlineData(49, 0.2, false)]
    public void TooFewRowsToHoldAnyOutAreTold(int rows, double? share, bool warned)
    {
        string[] warnings = [.. Warnings(LogOf(Simulated.Table(Simulated.Rows(rows)), options => options.CalibrationShare = share))];
        if (warned)
            warnings.Should().ContainSingle().Which.Should().Contain("Of 49 training rows none is held out").And.Contain("CalibrationShare");
        else
            warnings.Should().BeEmpty();
    }

    [Fact]
    public void ACommitteeSaysNothingOfItsMembersThresholds()
    {
        var mlContext = new MLContext(1);
        var lines = new List<LoggingEventArgs>();
        mlContext.Log += (_, line) => lines.Add(line);
        mlContext.AnomalyDetection.Trainers.Committee(methods: ["kNN", "Isolation forest"]).Fit(Simulated.Table([.. Enumerable.Repeat(new[] { 0.25f, 0.5f, 0.75f, 0.5f }, 60)]));
        Warnings(lines).Should().ContainSingle().Which.Should().StartWith("The threshold flags 0 of");
    }

    [Fact]
    public void AnOrdinaryFitWarnsOfNothing() => Warnings(LogOf(Simulated.Table(Simulated.Rows(64)))).Should().BeEmpty();

    [Fact]
    public void WhoWaitsLongIsToldHowLongOnce()
    {
        using var stop = new CancellationTokenSource();
        int reports = 0;
        // Some billion steps, of which the first show the pace.
        List<LoggingEventArgs> lines = LogOf(Simulated.Table(Simulated.Rows(64)), options =>
        {
            options.MaximumNumberOfSteps = null;
            options.NumberOfPretrainingEpochs = int.MaxValue;
            options.CancellationToken = stop.Token;
            options.CancellationBehavior = global::Adversarial.Detectors.CancellationBehavior.KeepSoFar;
            options.Progress = new Listener<global::Adversarial.Detectors.TrainingProgress>(_ =>
            {
                if (++reports == 40)
                    stop.Cancel();
            });
        });
        lines.Where(line => line.RawMessage.Contains("Training will take about", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.RawMessage.Should().MatchRegex(@"about [\d.]+ minutes more, by the pace of the first \d+ of \d+ steps\.$");
    }
}
