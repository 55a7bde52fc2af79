using Adversarial.Mutations;
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

    // What happens to the place of the checkpoint while the fit goes on, and what it is to say of it.
    [Theory]
    [InlineData("folder in its place", "was not written")]
    [InlineData("folder in its place", "was not deleted")]
    [InlineData("folder gone", "was not written")]
    public void A_checkpoint_that_cannot_be_written_or_deleted_is_a_warning(string damage, string message)
    {
        var warnings = new List<string>();
        var steps = new List<string>();
        string file = Path.Combine(_folder, "deeper", "fit.checkpoint");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        ToyDetector detector = Toy(new ToyOptions
        {
            CheckpointPath = file,
            CheckpointInterval = TimeSpan.Zero,
            Progress = new Listener(report => warnings.AddRange(report.Warning is { } warning ? [warning] : [])),
        }, steps, () =>
        {
            if (steps.Count > 1)
                return;
            if (damage == "folder gone")
                Directory.Delete(Path.GetDirectoryName(file)!);
            else
                Directory.CreateDirectory(file);
        });
        detector.Fit(_rows);
        Assert.Equal(Steps, steps.Count);
        Assert.True(detector.IsFitted);
        Assert.Contains(warnings, warning => warning.Contains(message, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_path_that_cannot_work_is_refused_before_training()
    {
        string Message<T>(string path)
            where T : Exception
        {
            var steps = new List<string>();
            string message = Assert.Throws<T>(() => Toy(new ToyOptions { CheckpointPath = path }, steps).Fit(_rows)).Message;
            Assert.Empty(steps);
            return message;
        }

        Assert.Contains($"CheckpointPath, '{_folder}', is a folder", Message<ArgumentException>(_folder));
        string missing = Path.Combine(_folder, "missing");
        Assert.Contains("CheckpointPath", Message<ArgumentException>(missing + Path.DirectorySeparatorChar));
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Contains("CheckpointPath", Message<DirectoryNotFoundException>(Path.Combine(file, "fit.checkpoint")));
        // The file system knows longer names for nothing: a write that is tried shows it.
        Assert.Contains("cannot be written", Message<IOException>(Path.Combine(_folder, new string('a', 300))));
    }

    [Fact]
    public void A_planted_link_is_not_followed_and_what_a_killed_fit_left_goes()
    {
        string precious = Path.Combine(_folder, "precious");
        File.WriteAllText(precious, "precious");
        string Beside(string random) => Path.Combine(Path.GetDirectoryName(CheckpointFile)!, $".{Path.GetFileName(CheckpointFile)}.{random}.tmp");
        File.CreateSymbolicLink(Beside("01234567.890"), precious);
        string left = Beside("abcdefgh.ijk");
        File.WriteAllText(left, "half");
        Toy(new ToyOptions { CheckpointPath = CheckpointFile, CheckpointInterval = TimeSpan.Zero }, []).Fit(_rows);
        Assert.Equal("precious", File.ReadAllText(precious));
        Assert.False(File.Exists(left));
    }

    // Behind the identity of the fit (32 bytes) stand seed and attempt; then phase, epoch, row, rows of the other order, and the step.
    [Theory]
    [InlineData(36, -1)]
    [InlineData(36, 3)]
    [InlineData(40, -1)]
    [InlineData(40, 1)]
    [InlineData(40, 2)]
    [InlineData(44, -1)]
    [InlineData(44, 1)]
    [InlineData(44, 1 << 20)]
    [InlineData(48, -3)]
    [InlineData(48, 2)]
    [InlineData(48, 9)]
    [InlineData(48, int.MaxValue)]
    [InlineData(52, -1)]
    [InlineData(52, int.MaxValue)]
    [InlineData(56, int.MinValue)]
    [InlineData(56, 8)]
    [InlineData(60, -1)]
    [InlineData(60, 1)]
    public void A_place_where_no_training_stands_is_refused_with_the_remedy(int at, int value)
    {
        BreakOff(9);
        byte[] file = File.ReadAllBytes(CheckpointFile);
        byte[] content = Frame.Content(file);
        BitConverter.TryWriteBytes(content.AsSpan(at), value);
        File.WriteAllBytes(CheckpointFile, Frame.With(file, content));
        Assert.Contains($"Delete '{CheckpointFile}'", Assert.Throws<FormatException>(() => Resume([])).Message);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(20)]
    public void Content_that_ends_early_or_goes_on_is_refused_with_the_remedy(int steps)
    {
        BreakOff(steps);
        byte[] file = File.ReadAllBytes(CheckpointFile);
        byte[] content = Frame.Content(file);
        foreach (byte[] other in (byte[][])[[.. content, 0], content[..^1], content[..60], content[..34]])
        {
            File.WriteAllBytes(CheckpointFile, Frame.With(file, other));
            Assert.Contains($"Delete '{CheckpointFile}'", Assert.Throws<FormatException>(() => Resume([])).Message);
        }
    }

    // At the end of the checkpoint of the second phase: best value, epochs since, whether there are weights, and these, a line of three.
    [Theory]
    [InlineData(18, 255)]
    [InlineData(14, 255)]
    [InlineData(13, 0)]
    [InlineData(1, 255)]
    public void Best_weights_that_no_training_keeps_are_refused(int fromEnd, byte value)
    {
        BreakOff(20);
        byte[] file = File.ReadAllBytes(CheckpointFile);
        byte[] content = Frame.Content(file);
        content[^fromEnd] = value;
        if (fromEnd is 18 or 1)
            content[^(fromEnd + 1)] = 255;
        File.WriteAllBytes(CheckpointFile, Frame.With(file, content));
        Assert.Contains($"Delete '{CheckpointFile}'", Assert.Throws<FormatException>(() => Resume([])).Message);
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
