using Adversarial.Neural;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors.Tests;

/// <summary>Epochs, batches, steps, averages, progress and cancellation of a fit.</summary>
public class TrainingLoopTests
{
    // 7 rows in batches of 3: two full ones and a last one of one row.
    private static readonly FeatureMatrix _rows = FeatureMatrix.FromRows(Enumerable.Range(1, 7).Select(r => (float[])[r]));

    private static ToyDetector Recording(ToyOptions options, List<float[]> batches, params (string Name, int Epochs)[] phases) =>
        new(options, 1, _ => [.. phases.Select(phase => new TrainingPhase(phase.Name, phase.Epochs, step => batches.Add(step.Features.ToArray())))]);

    [Fact]
    public void Each_row_is_used_once_an_epoch_in_an_order_of_its_own()
    {
        var batches = new List<float[]>();
        Recording(new ToyOptions(), batches, ("first", 2), ("second", 1)).Fit(_rows);
        Assert.Equal([3, 3, 1, 3, 3, 1, 3, 3, 1], batches.Select(batch => batch.Length));
        float[][] epochs = [.. batches.Chunk(3).Select(epoch => epoch.SelectMany(batch => batch).ToArray())];
        Assert.All(epochs, epoch => Assert.Equal([1, 2, 3, 4, 5, 6, 7], epoch.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.NotEqual(epochs[0], epochs[2]);
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_all_of_it()
    {
        var batches = new List<float[]>();
        Recording(new ToyOptions { BatchSize = 100 }, batches, ("only", 3)).Fit(_rows);
        Assert.Equal([7, 7, 7], batches.Select(batch => batch.Length));
    }

    [Fact]
    public void The_largest_number_of_steps_ends_each_phase()
    {
        var batches = new List<float[]>();
        var reports = new List<TrainingProgress>();
        var options = new ToyOptions { MaximumNumberOfSteps = 4, CalibrationShare = 0, Progress = new Listener(reports.Add) };
        Recording(options, batches, ("first", 5), ("none", 0), ("second", 1)).Fit(_rows);
        Assert.Equal([3, 3, 1, 3, 3, 3, 1], batches.Select(batch => batch.Length));
        Assert.Equal(["first", "first", "second"], reports.Where(report => report.EndOfEpoch).Select(report => report.Phase));
        Assert.Equal((7L, 7L, 1.0), (reports[^1].Step, reports[^1].NumberOfSteps, reports[^1].Fraction));
    }

    [Fact]
    public void Each_epoch_ends_with_a_report_of_the_mean_losses()
    {
        var losses = new List<double>();
        var reports = new List<TrainingProgress>();
        var detector = new ToyDetector(new ToyOptions { CalibrationShare = 0, Progress = new Listener(reports.Add) }, 1, toy =>
        {
            var adam = new Adam(new AdamSettings(0.01f), toy.Line);
            return
            [
                new TrainingPhase("only", 3, step =>
                {
                    Tensor loss = Mean(toy.Line.Forward(step.Features));
                    losses.Add(loss.Scalar());
                    step.Minimize(adam, loss, "line");
                }),
            ];
        });
        detector.Fit(_rows);

        Assert.Equal([(1, 3, 3L), (2, 3, 6L), (3, 3, 9L)], reports.Where(r => r.EndOfEpoch).Select(r => (r.Epoch, r.NumberOfEpochs, r.Step)));
        Assert.All(reports, report => Assert.Equal("line", Assert.Single(report.Losses).Name));
        Assert.Equal(losses.Average(), reports.Sum(report => report.Losses[0].Value) / 3, 6);
    }

    [Fact]
    public void Averages_take_the_weights_place_at_the_phases_end()
    {
        var seen = new List<float>();
        int steps = 0;
        var detector = new ToyDetector(new ToyOptions { BatchSize = 7 }, 1, toy =>
        [
            new TrainingPhase("averaged", 4, _ => toy.SetWeights(++steps, 0)) { Averages = [new ExponentialAverage(toy.Line, 0)] },
            new TrainingPhase("halved", 3, _ =>
            {
                seen.Add(toy.Weights()[0]);
                toy.SetWeights(8 * ++steps, 0);
            })
            {
                Averages = [new ExponentialAverage(toy.Line, 0.2f)],
            },
            new TrainingPhase("afterwards", 1, _ => seen.Add(toy.Weights()[0])),
        ]);
        detector.Fit(_rows);

        // Decay 0 keeps the last weights; the second phase starts from them and averages 40, 48, 56.
        Assert.Equal([4, 40, 48], seen.Take(3));
        Assert.Equal(0.2 * (0.2 * 40 + 0.8 * 48) + 0.8 * 56, seen[3], 3);
    }

    [Fact]
    public void Cancelled_training_keeps_what_it_has_where_asked()
    {
        using var source = new CancellationTokenSource();
        int steps = 0;
        ToyDetector Make(CancellationBehavior behavior) =>
            new(new ToyOptions { CancellationToken = source.Token, CancellationBehavior = behavior }, 1, toy =>
            [
                new TrainingPhase("first", 10, _ =>
                {
                    toy.SetWeights(10 * ++steps, 0);
                    if (steps == 5)
                        source.Cancel();
                })
                {
                    Averages = [new ExponentialAverage(toy.Line, 0)],
                },
                new TrainingPhase("second", 1, _ => throw new InvalidOperationException("This phase must not run.")),
            ]);

        ToyDetector kept = Make(CancellationBehavior.KeepSoFar);
        kept.Fit(_rows);
        Assert.Equal(5, steps);
        Assert.Equal([10, 20, 30, 40, 50, 60, 70], kept.TrainingScores.ToArray().Select(score => score / 5));

        ToyDetector thrown = Make(CancellationBehavior.Throw);
        Assert.ThrowsAny<OperationCanceledException>(() => thrown.Fit(_rows));
        Assert.False(thrown.IsFitted);
    }
}
