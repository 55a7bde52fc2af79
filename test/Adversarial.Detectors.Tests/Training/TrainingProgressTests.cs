using System.Globalization;

namespace Adversarial.Detectors.Tests;

/// <summary>A report as text.</summary>
public class TrainingProgressTests
{
    private static TrainingProgress Report(params NamedLoss[] losses) => new()
    {
        Phase = "alarm",
        Epoch = 3,
        NumberOfEpochs = 20,
        Step = 150,
        NumberOfSteps = 1000,
        Attempt = 0,
        Losses = losses,
        Elapsed = TimeSpan.FromSeconds(1.46),
        EndOfEpoch = true,
    };

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    public void It_tells_phase_epoch_time_and_losses_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal("alarm: epoch 3 of 20, 1.5 s, generator 0.6931, critic -2.5E-05", Report(new("generator", 0.693147), new("critic", -0.000025)).ToString());
            Assert.Equal("alarm: epoch 3 of 20, 1.5 s", Report().ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_restart_tells_its_reason() =>
        Assert.Equal("Training begins anew with another seed (attempt 2): the loss is not finite", TrainingProgress.Restart(1, "the loss is not finite").ToString());
}
