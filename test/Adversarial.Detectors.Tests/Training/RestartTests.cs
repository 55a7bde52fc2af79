using Adversarial.Neural;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors.Tests;

/// <summary>A fit that goes astray begins anew with another seed, twice at most.</summary>
public class RestartTests
{
    private static readonly FeatureMatrix _rows = FeatureMatrix.FromRows(Enumerable.Range(1, 7).Select(r => (float[])[r]));

    private static ToyDetector Diverging(List<TrainingProgress> reports, Func<ToyDetector, int, bool> diverges) =>
        new(new ToyOptions { CalibrationShare = 0, Progress = new Listener(reports.Add) }, 1, toy =>
        {
            var adam = new Adam(new AdamSettings(0.01f), toy.Line);
            int steps = 0;
            return
            [
                new TrainingPhase("only", 2, step =>
                {
                    float factor = diverges(toy, ++steps) ? float.NaN : 1;
                    step.Minimize(adam, factor * Mean(toy.Line.Forward(step.Features)), "line");
                }),
            ];
        });

    [Fact]
    public void A_loss_that_becomes_NaN_at_the_first_attempt_only_costs_one_restart()
    {
        var reports = new List<TrainingProgress>();
        var weights = new List<float>();
        ToyDetector detector = Diverging(reports, (toy, step) =>
        {
            if (step == 1)
                weights.Add(toy.Weights()[0]);
            return toy.Attempts == 1 && step == 5;
        });
        detector.Fit(_rows);

        Assert.Equal((2, 1), (detector.Attempts, detector.Restarts));
        Assert.NotEqual(weights[0], weights[1]);
        Assert.All(detector.TrainingScores.ToArray(), score => Assert.True(float.IsFinite(score)));
        TrainingProgress restart = Assert.Single(reports, report => report.RestartReason is not null);
        Assert.Contains("'line' became NaN", restart.RestartReason);
        Assert.Equal(1, restart.Attempt);
        int at = reports.IndexOf(restart);
        Assert.All(reports.Take(at), report => Assert.Equal(0, report.Attempt));
        Assert.Equal([1, 1], reports.Skip(at + 1).Select(report => report.Attempt));
    }

    [Fact]
    public void Three_failures_end_the_fit_with_a_remedy_and_leave_nothing_fitted()
    {
        var reports = new List<TrainingProgress>();
        ToyDetector detector = Diverging(reports, (_, step) => step == 2);
        string message = Assert.Throws<TrainingDivergedException>(() => detector.Fit(_rows)).Message;
        Assert.Contains("3 runs", message);
        Assert.Contains("LearningRate", message);
        Assert.Equal(2, reports.Count(report => report.RestartReason is not null));
        Assert.False(detector.IsFitted);
        Assert.Throws<InvalidOperationException>(() => detector.Score(_rows));
    }

    [Fact]
    public void Weights_that_become_NaN_unseen_by_a_loss_are_noticed()
    {
        var detector = new ToyDetector(new ToyOptions(), 1, toy =>
            [new TrainingPhase("only", 1, _ => toy.SetWeights(1, toy.Attempts == 1 ? float.NaN : 0))]);
        detector.Fit(_rows);
        Assert.Equal(1, detector.Restarts);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], detector.TrainingScores.ToArray());
    }

    [Fact]
    public void Equal_scores_of_different_rows_are_a_collapse_but_not_of_equal_rows()
    {
        ToyDetector Constant() => new(new ToyOptions(), 1, toy => [new TrainingPhase("only", 1, _ => toy.SetWeights(0, 3))]);
        ToyDetector collapsed = Constant();
        Assert.Contains("same score", Assert.Throws<TrainingDivergedException>(() => collapsed.Fit(_rows)).Message);
        Assert.Equal(3, collapsed.Attempts);

        ToyDetector equal = Constant();
        equal.Fit(FeatureMatrix.FromRows([[1], [1], [1]]));
        Assert.Equal([3, 3, 3], equal.TrainingScores.ToArray());
    }

    [Fact]
    public void Other_failures_are_not_retried()
    {
        var detector = new ToyDetector(new ToyOptions(), 1, _ => [new TrainingPhase("only", 1, _ => throw new NotSupportedException())]);
        Assert.Throws<NotSupportedException>(() => detector.Fit(_rows));
        Assert.Equal(1, detector.Attempts);
        Assert.False(detector.IsFitted);
    }
}
