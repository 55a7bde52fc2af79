using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="RepenDetector"/>.</summary>
public class RepenOptions : NetworkDetectorOptions
{
    /// <summary>Makes options with three representations that score together: they cost little, and single ones differ from seed to seed.</summary>
    public RepenOptions() => EnsembleSize = 3;

    /// <summary>Width of the representation, 1 to 1024.</summary>
    [SearchRange(4, 64, IsLogarithmic = true)]
    public int LatentDimension { get; set; } = 20;

    /// <summary>Samples whose nearest rows give the distances of a score, 1 to 200.</summary>
    [SearchRange(10, 200, IsLogarithmic = true)]
    public int NumberOfSamples { get; set; } = 50;

    /// <summary>Training rows in a sample, 1 to 64.</summary>
    [SearchRange(2, 32, IsLogarithmic = true)]
    public int SampleSize { get; set; } = 8;

    /// <summary>
    /// By how much the squared distance of an outlier has to exceed an inlier's, above 0. The paper's 1000 is met late or never: training then goes on
    /// to pull apart what is apart already, until the representation has one direction.
    /// </summary>
    [SearchRange(0.1, 10, IsLogarithmic = true)]
    public float Margin { get; set; } = 1;

    /// <summary>
    /// Passes over the training rows, at least 1, in each of which as many triplets are drawn as there are rows. Null derives them: 30, at least 500
    /// steps, or as many as a fit of such a table may cost.
    /// </summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate of Adadelta, above 0: 1 as in its paper and in the Keras of the authors' time, not the 0.001 of today's.</summary>
    [SearchRange(0.1, 10, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 1;

    /// <summary>Decay of Adadelta's averages, in [0, 1).</summary>
    public float Rho { get; set; } = 0.95f;

    /// <summary>Sets options to the authors' code: features as they are, a margin of 1000, 30 epochs of batches of 256.</summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : RepenOptions
    {
        options.InputScaling = InputScaling.None;
        options.LatentDimension = 20;
        options.NumberOfSamples = 50;
        options.SampleSize = 8;
        options.Margin = 1000;
        options.LearningRate = 1;
        options.Rho = 0.95f;
        options.EnsembleSize = 1;
        options.BatchSize = 256;
        options.NumberOfEpochs = 30;
        return options;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(LatentDimension is >= 1 and <= 1024, nameof(LatentDimension), LatentDimension, "1 to 1024");
        Require(NumberOfSamples is >= 1 and <= 200, nameof(NumberOfSamples), NumberOfSamples, "1 to 200");
        Require(SampleSize is >= 1 and <= 64, nameof(SampleSize), SampleSize, "1 to 64");
        RequirePositive(nameof(Margin), Margin);
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate);
        Require(Rho is >= 0 and < 1, nameof(Rho), Rho, "in [0, 1)");
    }
}

[JsonSerializable(typeof(RepenOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class RepenOptionsJson : JsonSerializerContext;
