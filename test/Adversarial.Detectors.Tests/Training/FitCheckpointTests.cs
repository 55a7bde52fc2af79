using Adversarial.Neural;

namespace Adversarial.Detectors.Tests;

/// <summary>The file in which a fit keeps its state.</summary>
public sealed class FitCheckpointTests : IDisposable
{
    // Ten rows in batches of three: four steps an epoch, the last one short; three and four epochs.
    private const int Steps = 28;

    private static readonly FeatureMatrix _rows = Rows(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("adversarial").FullName;

    private string CheckpointFile => Path.Combine(_folder, "fit.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static FeatureMatrix Rows(int count) => FeatureMatrix.FromRows(Enumerable.Range(1, count).Select(r => (float[])[r / 10f, r % 3]));

    /// <summary>Phases with all that a checkpoint has to keep: an optimiser, an average, a second order of rows, noise, best weights.</summary>
    private static ToyDetector Toy(ToyOptions options, List<string> steps, Action? afterStep = null) => new(options, 2, toy =>
    {
        var adam = new Adam(new AdamSettings(0.1f), toy.Line);
        void Step(TrainingStep step)
        {
            Tensor other = step.OtherBatch();
            Tensor noise = step.Normal(step.Rows, 1);
            steps.Add($"{step.Index} {step.Progress} {string.Join(' ', ((Tensor[])[step.Features, other, noise]).SelectMany(part => part.ToArray()))}");
            step.Minimize(adam, Functions.MeanSquare(toy.Line.Forward(step.Features) - toy.Line.Forward(other) + noise), "line");
            afterStep?.Invoke();
        }

        return
        [
            new TrainingPhase("averaged", 3, Step, adam) { Averages = [new ExponentialAverage(toy.Line, 0.9f)] },
            new TrainingPhase("measured", 4, Step, adam)
            {
                EarlyStopping = new EarlyStopping(() => -Math.Abs(toy.Weights()[0] - 0.2), Patience: 9, toy.Networks),
            },
        ];
    });

    /// <summary>A fit that is cancelled after so many steps.</summary>
    private List<string> BreakOff(int count, CancellationBehavior behavior = CancellationBehavior.Throw)
    {
        using var source = new CancellationTokenSource();
        var steps = new List<string>();
        var options = new ToyOptions { CheckpointPath = CheckpointFile, CancellationToken = source.Token, CancellationBehavior = behavior };
        ToyDetector detector = Toy(options, steps, () =>
        {
            if (steps.Count == count)
                source.Cancel();
        });
        if (behavior == CancellationBehavior.KeepSoFar)
            detector.Fit(_rows);
        else
            Assert.ThrowsAny<OperationCanceledException>(() => detector.Fit(_rows));
        Assert.Equal(count, steps.Count);
        return steps;
    }

    private ToyDetector Resume(List<string> steps, Action<ToyOptions>? change = null, FeatureMatrix? rows = null)
    {
        var options = new ToyOptions { CheckpointPath = CheckpointFile };
        change?.Invoke(options);
        ToyDetector detector = Toy(options, steps);
        detector.Fit(rows ?? _rows);
        return detector;
    }

    [Theory]
    [InlineData(CancellationBehavior.Throw)]
    [InlineData(CancellationBehavior.KeepSoFar)]
    public void A_fit_that_is_broken_off_after_any_step_goes_on_as_if_it_had_not_been(CancellationBehavior behavior)
    {
        var whole = new List<string>();
        ToyDetector uninterrupted = Toy(new ToyOptions(), whole);
        uninterrupted.Fit(_rows);
        Assert.Equal(Steps, whole.Count);
        for (int count = 1; count < Steps; count++)
        {
            List<string> steps = BreakOff(count, behavior);
            ToyDetector resumed = Resume(steps);
            Assert.Equal(whole, steps);
            Assert.Equal(uninterrupted.Weights(), resumed.Weights());
            Assert.Equal(uninterrupted.TrainingScores.ToArray(), resumed.TrainingScores.ToArray());
            Assert.Empty(Directory.GetFiles(_folder));
        }
    }

    [Fact]
    public void It_is_written_as_often_as_asked_and_deleted_when_the_fit_is_done()
    {
        int written = 0;
        var steps = new List<string>();
        Toy(new ToyOptions { CheckpointPath = CheckpointFile, CheckpointInterval = TimeSpan.Zero }, steps, () =>
        {
            Assert.Equal(steps.Count > 1, File.Exists(CheckpointFile));
            written++;
        }).Fit(_rows);
        Assert.Equal(Steps, written);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_a_warning()
    {
        var warnings = new List<string>();
        Directory.CreateDirectory(CheckpointFile + ".unfinished");
        Toy(new ToyOptions
        {
            CheckpointPath = CheckpointFile,
            CheckpointInterval = TimeSpan.Zero,
            Progress = new Listener(report => warnings.AddRange(report.Warning is { } warning ? [warning] : [])),
        }, []).Fit(_rows);
        Assert.NotEmpty(warnings);
        Assert.All(warnings, warning => Assert.Contains("checkpoint", warning));
    }

    [Fact]
    public void A_fit_that_fails_for_good_leaves_no_checkpoint()
    {
        var options = new ToyOptions { CheckpointPath = CheckpointFile, CheckpointInterval = TimeSpan.Zero };
        var detector = new ToyDetector(options, 2, toy => [new TrainingPhase("only", 3, _ => toy.SetWeights(float.NaN, 0, 0))]);
        Assert.Throws<TrainingDivergedException>(() => detector.Fit(_rows));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_fit_without_a_seed_takes_that_of_the_checkpoint()
    {
        List<string> steps = BreakOff(9);
        Resume(steps, options => options.Seed = null);
        Assert.Equal(Steps, steps.Count);
    }

    [Fact]
    public void The_checkpoint_of_another_fit_is_refused_and_kept()
    {
        BreakOff(9);
        string Message(Action<ToyOptions>? change, FeatureMatrix? rows = null) =>
            Assert.Throws<InvalidOperationException>(() => Resume([], change, rows)).Message;
        Assert.Contains("Set option Seed to 1", Message(options => options.Seed = 2));
        Assert.Contains("other rows", Message(null, Rows(11)));
        Assert.True(File.Exists(CheckpointFile));
    }

    [Fact]
    public void A_damaged_or_foreign_file_and_a_missing_folder_are_named()
    {
        BreakOff(9);
        byte[] good = File.ReadAllBytes(CheckpointFile);
        string Message(byte[] bytes)
        {
            File.WriteAllBytes(CheckpointFile, bytes);
            return Assert.Throws<FormatException>(() => Resume([])).Message;
        }

        Assert.Contains("checkpoint is truncated", Message(good[..^9]));
        Assert.Contains("checkpoint is truncated", Message(good[..10]));
        Assert.Contains("not the checkpoint of a fit", Message([.. "PK"u8, .. good]));
        good[^20] ^= 1;
        Assert.Contains("checksum", Message(good));
        string nowhere = Path.Combine(_folder, "nowhere", "fit.checkpoint");
        Assert.Contains("CheckpointPath",
            Assert.Throws<DirectoryNotFoundException>(() => Resume([], options => options.CheckpointPath = nowhere)).Message);
    }
}
