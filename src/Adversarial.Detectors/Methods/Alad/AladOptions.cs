using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>What ALAD takes as the score; x' is the reconstruction G(E(x)).</summary>
public enum AladScore
{
    /// <summary>Sum of |f(x, x) - f(x, x')|, f being the last hidden layer of the feature discriminator (the paper's choice).</summary>
    Features,

    /// <summary>Sum of |x - x'|.</summary>
    Absolute,

    /// <summary>Root of the sum of (x - x')².</summary>
    Euclidean,

    /// <summary>Minus the logit of the feature discriminator for (x, x').</summary>
    Logits,
}

/// <summary>Options of <see cref="AladDetector"/>.</summary>
public class AladOptions : NetworkDetectorOptions, IImageOptions
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageShape? ImageShape { get; set; }

    internal override ImageInput? Images => ImageShape is { } shape ? new ImageInput(shape, NormalizesContrast: false) : null;

    /// <summary>What the score is. The paper's is <see cref="AladScore.Features"/>; the length of the residual ranks better on most tables.</summary>
    [SearchChoices]
    public AladScore Score { get; set; } = AladScore.Euclidean;

    /// <summary>Whether the discriminator of pairs of codes takes part in the game of encoder and generator.</summary>
    [SearchChoices]
    public bool UseLatentDiscriminator { get; set; } = true;

    /// <summary>Spectral normalisation (Miyato et al. 2018) of the hidden layers of encoder and discriminators, as in the paper's ALAD.</summary>
    [SearchChoices]
    public bool SpectralNormalization { get; set; } = true;

    /// <summary>Size of the code. Null derives it from the number of features; for images 32, or 64 where they are not gray.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of the encoder. Null derives them from the code: 64 for 121 features. For images channels of the convolutions of encoder, generator and discriminators; null is 32, 64, 128, a quarter of the paper's.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Hidden layers of the generator. Null derives them from the code: 64, 128 for 121 features. Without a meaning for images.</summary>
    public int[]? GeneratorLayerSizes { get; set; }

    /// <summary>Width of the two branches, features and code, of the joint discriminator. Null derives it: 128 for 121 features.</summary>
    public int? JointBranchSize { get; set; }

    /// <summary>Hidden layers of the joint discriminator behind its branches. Null derives them: 128 for 121 features.</summary>
    public int[]? JointDiscriminatorLayerSizes { get; set; }

    /// <summary>Hidden layers of the discriminator of pairs of rows. Null derives them: 128 for 121 features. Without a meaning for images.</summary>
    public int[]? FeatureDiscriminatorLayerSizes { get; set; }

    /// <summary>Hidden layers of the discriminator of pairs of codes. Null derives them: 32 for 121 features.</summary>
    public int[]? LatentDiscriminatorLayerSizes { get; set; }

    /// <summary>Dropout of the joint discriminator while training, in [0, 1).</summary>
    public float JointDropoutRate { get; set; } = 0.5f;

    /// <summary>Dropout of the discriminators of pairs while training, in [0, 1).</summary>
    [SearchRange(0, 0.5)]
    public float PairDropoutRate { get; set; } = 0.2f;

    /// <summary>Slope of the leaky rectifiers for negative values, in [0, 1).</summary>
    [SearchRange(0.01, 0.3)]
    public float LeakyReluSlope { get; set; } = 0.2f;

    /// <summary>Passes over the training rows. Null derives them: some 8000 steps, or 6000 with batches of 512 rows and more.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate of all networks, above 0. Null makes it grow with the root of the batch: 1e-4 for 128 rows, 2e-4 from 512 on.</summary>
    [SearchRange(1e-5, 1e-2, IsLogarithmic = true)]
    public float? LearningRate { get; set; }

    /// <summary>Share of the training, at its end, over which the learning rate falls in a line to 0, in [0, 1]; 0 keeps it constant.</summary>
    public double LearningRateDecay { get; set; } = 0.5;

    /// <summary>Decay of Adam's first moment, in [0, 1).</summary>
    public float Beta1 { get; set; } = 0.5f;

    /// <summary>Decay of the moving average of the weights that score, in [0, 1); 0 scores with the last weights.</summary>
    public float WeightAverageDecay { get; set; } = 0.999f;

    /// <summary>Sets the networks of the paper for KDD99 (121 features, Table XI).</summary>
    public void UseKdd99Networks()
    {
        LatentDimension = 32;
        EncoderLayerSizes = [64];
        GeneratorLayerSizes = [64, 128];
        JointBranchSize = 128;
        JointDiscriminatorLayerSizes = [128];
        FeatureDiscriminatorLayerSizes = [128];
        LatentDiscriminatorLayerSizes = [32];
    }

    /// <summary>Sets the networks of the authors' code for Arrhythmia (274 features).</summary>
    public void UseArrhythmiaNetworks()
    {
        LatentDimension = 64;
        EncoderLayerSizes = [256, 128];
        GeneratorLayerSizes = [128, 256];
        JointBranchSize = 128;
        JointDiscriminatorLayerSizes = [256];
        FeatureDiscriminatorLayerSizes = [256, 128];
        LatentDiscriminatorLayerSizes = [64, 32];
    }

    /// <summary>
    /// Sets options to what the authors' code does on KDD99: 100 epochs in batches of 50 at 1e-5. Its switch for spectral normalisation has
    /// no effect there.
    /// </summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : AladOptions
    {
        options.CalibrationShare = 0;
        options.UseKdd99Networks();
        options.Score = AladScore.Features;
        options.InputScaling = InputScaling.MinMax;
        options.UseLatentDiscriminator = true;
        options.SpectralNormalization = false;
        options.BatchSize = 50;
        options.NumberOfEpochs = 100;
        options.LearningRate = 1e-5f;
        options.LearningRateDecay = 0;
        options.EnsembleSize = 1;
        return options;
    }

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (AladOptions)base.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        copy.GeneratorLayerSizes = (int[]?)GeneratorLayerSizes?.Clone();
        copy.JointDiscriminatorLayerSizes = (int[]?)JointDiscriminatorLayerSizes?.Clone();
        copy.FeatureDiscriminatorLayerSizes = (int[]?)FeatureDiscriminatorLayerSizes?.Clone();
        copy.LatentDiscriminatorLayerSizes = (int[]?)LatentDiscriminatorLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireShape(ImageShape);
        Require(Enum.IsDefined(Score), nameof(Score), Score, "a defined value");
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        RequireSizes(nameof(GeneratorLayerSizes), GeneratorLayerSizes);
        Require(JointBranchSize is null or (>= 1 and <= 65536), nameof(JointBranchSize), JointBranchSize, "1 to 65536");
        RequireSizes(nameof(JointDiscriminatorLayerSizes), JointDiscriminatorLayerSizes);
        RequireSizes(nameof(FeatureDiscriminatorLayerSizes), FeatureDiscriminatorLayerSizes);
        RequireSizes(nameof(LatentDiscriminatorLayerSizes), LatentDiscriminatorLayerSizes);
        Require(JointDropoutRate is >= 0 and < 1, nameof(JointDropoutRate), JointDropoutRate, "in [0, 1)");
        Require(PairDropoutRate is >= 0 and < 1, nameof(PairDropoutRate), PairDropoutRate, "in [0, 1)");
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate ?? 1);
        Require(LearningRateDecay is >= 0 and <= 1, nameof(LearningRateDecay), LearningRateDecay, "in [0, 1]");
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "in [0, 1)");
        Require(WeightAverageDecay is >= 0 and < 1, nameof(WeightAverageDecay), WeightAverageDecay, "in [0, 1)");
    }
}

[JsonSerializable(typeof(AladOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class AladOptionsJson : JsonSerializerContext;
