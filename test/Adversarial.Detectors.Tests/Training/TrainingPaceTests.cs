namespace Adversarial.Detectors.Tests;

/// <summary>How long a fit will go on is told from the pace of its steps.</summary>
public class TrainingPaceTests
{
    private static void StepOne(TrainingStep step)
    {
    }

    private static void StepTwo(TrainingStep step)
    {
    }

    private static readonly TrainingPhase _one = new("one 1/2", 1, StepOne), _two = new("two 1/2", 1, StepTwo);

    [Fact]
    public void Each_kind_has_its_pace()
    {
        var pace = new TrainingPace([(_one, 100), (_two, 50), (_one with { Name = "one 2/2" }, 100), (_two with { Name = "two 2/2" }, 50)]);
        pace.Add(_one, TimeSpan.FromSeconds(0.5), 5);
        Assert.Null(pace.Remaining(0, 95));

        // Nothing is known of the second kind: it is taken to be as fast as the first.
        pace.Add(_one, TimeSpan.FromSeconds(4.5), 45);
        Assert.Equal(5 + 5 + 10 + 5, pace.Remaining(0, 50)!.Value.TotalSeconds, 6);
        pace.Add(_two, TimeSpan.FromSeconds(20), 20);
        Assert.Equal(30 + 10 + 50, pace.Remaining(1, 30)!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void A_fit_tells_it()
    {
        var reports = new List<TrainingProgress>();
        var options = new ToyOptions { Progress = new Listener(reports.Add) };
        var detector = new ToyDetector(options, columns: 1, _ => [new TrainingPhase("toy", 20, step => step.Tape.Reset())]);
        detector.Fit(FeatureMatrix.FromRows(Enumerable.Range(0, 6).Select(i => (float[])[i])));
        Assert.Null(reports[0].EstimatedRemaining);
        Assert.Equal(TimeSpan.Zero, reports.Last(report => report.Step == 40).EstimatedRemaining);
        Assert.Contains(reports, report => report.EstimatedRemaining > TimeSpan.Zero);
    }
}
