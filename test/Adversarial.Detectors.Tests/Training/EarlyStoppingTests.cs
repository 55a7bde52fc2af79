namespace Adversarial.Detectors.Tests;

/// <summary>Phases that end by a measure, and what they keep.</summary>
public class EarlyStoppingTests
{
    private static readonly FeatureMatrix _rows = FeatureMatrix.FromRows(Enumerable.Range(1, 6).Select(r => (float[])[r]));

    [Fact]
    public void The_phase_ends_when_patience_does_and_the_best_weights_are_kept()
    {
        double[] measures = [0.2, 0.7, 0.5, 0.6, 0.9];
        int epochs = 0;
        var reports = new List<TrainingProgress>();
        var detector = new ToyDetector(new ToyOptions { BatchSize = 6, CalibrationShare = 0, Progress = new Listener(reports.Add) }, 1, toy =>
        [
            new TrainingPhase("measured", 10, _ => toy.SetWeights(++epochs, 0))
            {
                EarlyStopping = new EarlyStopping(() => measures[epochs - 1], Patience: 2, toy.Networks),
            },
        ]);
        detector.Fit(_rows);
        Assert.Equal(4, epochs);
        Assert.Equal(2, detector.Weights()[0]);
        Assert.Equal(1, reports[^1].Fraction);
        Assert.Equal([0.2, 0.7, 0.5, 0.6], reports.Select(report => report.Losses.Single(loss => loss.Name == "validation").Value));
    }

    [Fact]
    public void A_bound_on_the_steps_of_a_phase_ends_it_within_an_epoch()
    {
        int steps = 0;
        new ToyDetector(new ToyOptions { BatchSize = 2 }, 1, toy =>
        {
            toy.SetWeights(1, 0);
            return [new TrainingPhase("bounded", 3, _ => steps++) { NumberOfSteps = 4 }];
        }).Fit(_rows);
        Assert.Equal(4, steps);
    }
}
