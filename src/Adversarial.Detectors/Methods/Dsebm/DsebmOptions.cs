using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="DsebmDetector"/>, whatever its score.</summary>
public abstract class DsebmOptions : NetworkDetectorOptions
{
    /// <summary>Widths of the energy's layers. Null is 128, 512 above 60 features (the authors' for KDD99), else twice and four times the features.</summary>
    public int[]? LayerSizes { get; set; }

    /// <summary>
    /// Standard deviation of the noise that scaled features are freed of in training, above 0. Null is half of a feature's deviation: 0.5 for
    /// standardised features, 0.14 for features in [0, 1].
    /// </summary>
    [SearchRange(0.05, 2, IsLogarithmic = true)]
    public float? NoiseDeviation { get; set; }

    /// <summary>Passes over the training rows. Null derives them: 3000 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate, above 0.</summary>
    [SearchRange(1e-4, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 1e-3f;

    /// <summary>Whether the score is the energy; else it is the length of its gradient.</summary>
    internal abstract bool ScoresByEnergy { get; }

    /// <summary>
    /// Sets what is known of the settings for KDD99: layers of 128 and 512, noise of deviation 1, batches of 100 at 1e-4. Epochs are not known.
    /// </summary>
    private protected static TOptions PublishedOf<TOptions>(TOptions options)
        where TOptions : DsebmOptions
    {
        options.LayerSizes = [128, 512];
        options.NoiseDeviation = 1;
        options.BatchSize = 100;
        options.EnsembleSize = 1;
        options.LearningRate = 1e-4f;
        return options;
    }

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (DsebmOptions)base.Clone();
        copy.LayerSizes = (int[]?)LayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireSizes(nameof(LayerSizes), LayerSizes);
        RequirePositive(nameof(NoiseDeviation), NoiseDeviation ?? 1);
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate);
    }
}

/// <summary>Options of DSEBM-e, which scores by the energy.</summary>
public class DsebmEnergyOptions : DsebmOptions
{
    internal override bool ScoresByEnergy => true;

    /// <summary>Sets what is known of the settings for KDD99.</summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : DsebmEnergyOptions => PublishedOf(options);
}

/// <summary>Options of DSEBM-r, which scores by the reconstruction error: the length of the energy's gradient.</summary>
public class DsebmReconstructionOptions : DsebmOptions
{
    internal override bool ScoresByEnergy => false;

    /// <summary>Sets what is known of the settings for KDD99.</summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : DsebmReconstructionOptions => PublishedOf(options);
}

[JsonSerializable(typeof(DsebmEnergyOptions))]
[JsonSerializable(typeof(DsebmReconstructionOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class DsebmOptionsJson : JsonSerializerContext;
