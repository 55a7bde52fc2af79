using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="DagmmDetector"/>.</summary>
public class DagmmOptions : NetworkDetectorOptions
{
    /// <summary>
    /// Makes the default options, with features in [0, 1]: relative distance and cosine need an origin that rows are away from, and standardised
    /// rows lie around it.
    /// </summary>
    public DagmmOptions() => InputScaling = InputScaling.MinMax;

    /// <summary>Width of the code, 1 to 64. Null is 1 up to 150 features and 2 above, as in the paper.</summary>
    [SearchRange(1, 16, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>
    /// Hidden layers of the compression network's encoder, mirrored by its decoder. Null is 12, 4 up to 60 features (the paper's for Thyroid) and
    /// 60, 30, 10 above (for KDD99).
    /// </summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Hidden layers of the estimation network, which gives the memberships. Null is 10.</summary>
    public int[]? EstimationLayerSizes { get; set; }

    /// <summary>Number of Gaussians, 2 to 100. Null is 2 up to 60 features (the paper's for Thyroid) and 4 above (for KDD99).</summary>
    [SearchRange(2, 8)]
    public int? NumberOfComponents { get; set; }

    /// <summary>Dropout behind each hidden layer of the estimation network while it is trained, in [0, 1).</summary>
    [SearchRange(0, 0.6)]
    public float DropoutRate { get; set; } = 0.5f;

    /// <summary>Weight of the mean energy in the loss, lambda 1 of Eq. 8, above 0.</summary>
    [SearchRange(1e-3, 1, IsLogarithmic = true)]
    public float EnergyWeight { get; set; } = 0.1f;

    /// <summary>Weight of the inverse variances in the loss, lambda 2 of Eq. 8, at least 0: what keeps covariances from becoming singular.</summary>
    [SearchRange(1e-4, 0.1, IsLogarithmic = true)]
    public float SingularityWeight { get; set; } = 0.005f;

    /// <summary>Added to each variance of the mixture, 1e-12 to 1.</summary>
    public float Regularization { get; set; } = 1e-5f;

    /// <summary>Passes over the training rows. Null derives them: 20,000 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate, above 0. Null is the paper's 1e-4, and more, up to 1e-3, where there are fewer steps than 20,000.</summary>
    [SearchRange(1e-5, 1e-2, IsLogarithmic = true)]
    public float? LearningRate { get; set; }

    /// <summary>Sets options to the paper's for KDD99 (120 features, Table 2): 200 epochs of 1024 rows at 1e-4, four Gaussians.</summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : DagmmOptions
    {
        options.LatentDimension = 1;
        options.EncoderLayerSizes = [60, 30, 10];
        options.EstimationLayerSizes = [10];
        options.NumberOfComponents = 4;
        options.DropoutRate = 0.5f;
        options.EnergyWeight = 0.1f;
        options.SingularityWeight = 0.005f;
        options.BatchSize = 1024;
        options.EnsembleSize = 1;
        options.NumberOfEpochs = 200;
        options.LearningRate = 1e-4f;
        return options;
    }

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (DagmmOptions)base.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        copy.EstimationLayerSizes = (int[]?)EstimationLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(LatentDimension is null or (>= 1 and <= 64), nameof(LatentDimension), LatentDimension, "1 to 64");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        RequireSizes(nameof(EstimationLayerSizes), EstimationLayerSizes);
        Require(NumberOfComponents is null or (>= 2 and <= 100), nameof(NumberOfComponents), NumberOfComponents, "2 to 100");
        Require(DropoutRate is >= 0 and < 1, nameof(DropoutRate), DropoutRate, "in [0, 1)");
        RequirePositive(nameof(EnergyWeight), EnergyWeight);
        Require(float.IsFinite(SingularityWeight) && SingularityWeight >= 0, nameof(SingularityWeight), SingularityWeight, "a finite number, at least 0");
        Require(Regularization is >= 1e-12f and <= 1, nameof(Regularization), Regularization, "1e-12 to 1");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate ?? 1);
    }
}

[JsonSerializable(typeof(DagmmOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class DagmmOptionsJson : JsonSerializerContext;
