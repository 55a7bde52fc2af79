using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>How ARN's generator makes categorical features.</summary>
public enum ArnVariant
{
    /// <summary>One-hot groups by the straight-through Gumbel-softmax (the paper's ARN-G); other features by a sigmoid.</summary>
    Gumbel,

    /// <summary>All features by a sigmoid (the paper's ARN-N).</summary>
    Plain,
}

/// <summary>The divergence of ARN's codes from N(0, 1).</summary>
public enum ArnDivergence
{
    /// <summary>The Kullback-Leibler divergence.</summary>
    KullbackLeibler,

    /// <summary>What the authors' code computes: half of the mean of exp(v / 2) - v / 2 + mean², v being the logarithm of the variance.</summary>
    AsPublished,

    /// <summary>None, and no variational code either: the encoder's output goes to the decoder (the papers' "-KLD").</summary>
    None,
}

/// <summary>The game between ARN's networks.</summary>
public enum ArnGame
{
    /// <summary>The generator tries to pass as normal (the paper's ARN).</summary>
    Adversarial,

    /// <summary>Generator and discriminator pull together: the ablation ARN-GE.</summary>
    Cooperative,
}

/// <summary>What normalises the hidden layers.</summary>
public enum ArnNormalization
{
    /// <summary>Each row by itself (Ba et al. 2016).</summary>
    Layer,

    /// <summary>Nothing.</summary>
    None,

    /// <summary>Statistics of batches of one kind each, as in the authors' code; scoring takes running averages.</summary>
    Batch,

    /// <summary>Statistics of batches of real and generated rows together; scoring takes running averages.</summary>
    JointBatch,
}

/// <summary>Which epoch's weights ARN keeps.</summary>
public enum ArnSelection
{
    /// <summary>The last one's; needs no anomalies.</summary>
    LastEpoch,

    /// <summary>The one with the least cross entropy on held-out normal rows and known anomalies, as in the authors' code.</summary>
    LabelledValidation,
}

/// <summary>Options of <see cref="ArnDetector"/>.</summary>
public class ArnOptions : NetworkDetectorOptions
{
    /// <summary>Makes the default options.</summary>
    public ArnOptions() => EnsembleSize = 3;

    /// <summary>How categorical features are made.</summary>
    public ArnVariant Variant { get; set; }

    /// <summary>One-hot groups among the features. Null: none, or in a pipeline those that the feature column tells.</summary>
    public ColumnRange[]? CategoricalGroups { get; set; }

    /// <summary>The game between the networks.</summary>
    public ArnGame Game { get; set; }

    /// <summary>The divergence of the codes from N(0, 1).</summary>
    public ArnDivergence Divergence { get; set; }

    /// <summary>Whether the weight of the divergence falls with the temperature of the Gumbel-softmax; else it stays.</summary>
    public bool AnnealDivergence { get; set; } = true;

    /// <summary>Factor of temperature, divergence's weight and label noise from step to step, in (0, 1].</summary>
    public double AnnealingRate { get; set; } = 0.9995;

    /// <summary>The temperature falls from 1 no lower than this, above 0.</summary>
    public float LeastTemperature { get; set; } = 0.05f;

    /// <summary>Share of wrong labels, and width of the noise on labels, that the discriminator begins with, in [0, 0.5].</summary>
    public float LabelNoise { get; set; } = 0.3f;

    /// <summary>Weight of the adversarial part of the generator's loss, at least 0.</summary>
    [SearchRange(1e-3, 1, IsLogarithmic = true)]
    public float AdversarialWeight { get; set; } = 0.01f;

    /// <summary>
    /// Share of the discriminator's generated rows that are mirrored at the row they reconstruct, x + (x - G(x)) in the features of no group,
    /// in [0, 1); 0 is the paper's ARN.
    /// </summary>
    public float MirrorShare { get; set; } = 0.5f;

    /// <summary>
    /// Weight in the discriminator's loss of counterexamples close to the data (normal rows with features of other rows, with noise, or
    /// stretched), at least 0; 0 uses none, as the paper. Reconstructions alone leave out most of what is not normal.
    /// </summary>
    [SearchRange(0, 3)]
    public float NeighborWeight { get; set; } = 1;

    /// <summary>
    /// Weight of the residual's length in the score, at least 0: the score is the discriminator's logit plus so many times the length, each in
    /// standard deviations from its mean over the training rows. 0 scores by the discriminator alone, as the paper does.
    /// </summary>
    [SearchRange(0, 4)]
    public float ResidualWeight { get; set; } = 2;

    /// <summary>What normalises the hidden layers.</summary>
    public ArnNormalization Normalization { get; set; } = ArnNormalization.None;

    /// <summary>Which epoch's weights are kept.</summary>
    public ArnSelection Selection { get; set; }

    /// <summary>Share of the rows that is held out where <see cref="Selection"/> asks for labelled ones, in (0, 0.5].</summary>
    public double ValidationShare { get; set; } = 0.1;

    /// <summary>Size of the code, at least 1.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int LatentDimension { get; set; } = 16;

    /// <summary>Hidden layers of the generator's encoder; its decoder mirrors them. Null is 64, 32.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Hidden layers of the discriminator. Null is 128, 256, 512, 128, 64, 32, 16, and 64, 128, 128, 64, 32, 16 for less than 12 features.</summary>
    public int[]? DiscriminatorLayerSizes { get; set; }

    /// <summary>Dropout in the decoder and behind the last hidden layers of the discriminator while training, in [0, 1).</summary>
    [SearchRange(0, 0.5)]
    public float DropoutRate { get; set; } = 0.2f;

    /// <summary>Deviation of the normal law that initial weights are drawn from, above 0. Null draws them by Glorot's rule.</summary>
    public float? InitialDeviation { get; set; }

    /// <summary>Passes over the training rows. Null trains 400 steps, of many rows therefore on a part only.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>
    /// Steps in which the generator alone learns on, at least 0, against the finished discriminator and with a divergence of a thousandth of
    /// the weight: at the paper's weight the codes of tables carry next to nothing, and all generated rows are one row. The
    /// discriminator's scores do not depend on it, the residual becomes shorter by it; 0 is the paper's ARN.
    /// </summary>
    public int NumberOfGenerationSteps { get; set; } = 300;

    /// <summary>Learning rate of the discriminator, above 0.</summary>
    [SearchRange(1e-5, 1e-3, IsLogarithmic = true)]
    public float DiscriminatorLearningRate { get; set; } = 1e-4f;

    /// <summary>Learning rate of the generator, above 0.</summary>
    [SearchRange(1e-4, 1e-2, IsLogarithmic = true)]
    public float GeneratorLearningRate { get; set; } = 1e-3f;

    /// <summary>Decay of the moving average of the discriminator's weights that scores, in [0, 1); 0 scores with the last weights, which batch normalisation needs: its running statistics are theirs.</summary>
    public float WeightAverageDecay { get; set; }

    /// <summary>Sets options to what the authors' code does on NSL-KDD, its scoring by batch statistics excepted.</summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : ArnOptions
    {
        options.CalibrationShare = 0;
        options.Divergence = ArnDivergence.AsPublished;
        options.NumberOfGenerationSteps = 0;
        options.LeastTemperature = 5e-15f;
        options.Normalization = ArnNormalization.Batch;
        options.MirrorShare = 0;
        options.NeighborWeight = 0;
        options.ResidualWeight = 0;
        options.InputScaling = InputScaling.MinMax;
        options.InitialDeviation = 0.01f;
        options.BatchSize = 1024;
        options.NumberOfEpochs = 200;
        options.DiscriminatorLearningRate = 1e-4f;
        options.GeneratorLearningRate = 1e-4f;
        options.WeightAverageDecay = 0;
        options.EnsembleSize = 1;
        return options;
    }

    internal override void UseDefaultsOf(int version, int columns)
    {
        if (version < 3)
            (ResidualWeight, InputScaling) = (0, InputScaling.MinMax);
    }

    /// <summary>4 where <see cref="Selection"/> asks for labelled rows: enough on both sides of the held-out part.</summary>
    [JsonIgnore]
    public override int LeastAnomalies => Selection == ArnSelection.LabelledValidation ? 4 : 0;

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (ArnOptions)base.Clone();
        copy.CategoricalGroups = (ColumnRange[]?)CategoricalGroups?.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        copy.DiscriminatorLayerSizes = (int[]?)DiscriminatorLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Enum.IsDefined(Variant), nameof(Variant), Variant, "a defined value");
        Require(CategoricalGroups is null || Array.TrueForAll(CategoricalGroups, group => group.Start >= 0 && group.Length >= 2), nameof(CategoricalGroups),
            CategoricalGroups is null ? null : string.Join(", ", CategoricalGroups), "null or ranges that start at 0 or later and hold at least 2 features");
        Require(Enum.IsDefined(Game), nameof(Game), Game, "a defined value");
        Require(Enum.IsDefined(Divergence), nameof(Divergence), Divergence, "a defined value");
        Require(Enum.IsDefined(Normalization), nameof(Normalization), Normalization, "a defined value");
        Require(Enum.IsDefined(Selection), nameof(Selection), Selection, "a defined value");
        Require(AnnealingRate is > 0 and <= 1, nameof(AnnealingRate), AnnealingRate, "in (0, 1]");
        RequirePositive(nameof(LeastTemperature), LeastTemperature);
        Require(LabelNoise is >= 0 and <= 0.5f, nameof(LabelNoise), LabelNoise, "in [0, 0.5]");
        Require(float.IsFinite(AdversarialWeight) && AdversarialWeight >= 0, nameof(AdversarialWeight), AdversarialWeight, "a finite number, at least 0");
        Require(float.IsFinite(NeighborWeight) && NeighborWeight >= 0, nameof(NeighborWeight), NeighborWeight, "a finite number, at least 0");
        Require(float.IsFinite(ResidualWeight) && ResidualWeight >= 0, nameof(ResidualWeight), ResidualWeight, "a finite number, at least 0");
        Require(MirrorShare is >= 0 and < 1, nameof(MirrorShare), MirrorShare, "in [0, 1)");
        Require(ValidationShare is > 0 and <= 0.5, nameof(ValidationShare), ValidationShare, "in (0, 0.5]");
        Require(LatentDimension is >= 1 and <= 1024, nameof(LatentDimension), LatentDimension, "1 to 1024");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        RequireSizes(nameof(DiscriminatorLayerSizes), DiscriminatorLayerSizes);
        Require(DropoutRate is >= 0 and < 1, nameof(DropoutRate), DropoutRate, "in [0, 1)");
        RequirePositive(nameof(InitialDeviation), InitialDeviation ?? 1);
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        Require(NumberOfGenerationSteps >= 0, nameof(NumberOfGenerationSteps), NumberOfGenerationSteps, "at least 0");
        RequirePositive(nameof(DiscriminatorLearningRate), DiscriminatorLearningRate);
        RequirePositive(nameof(GeneratorLearningRate), GeneratorLearningRate);
        Require(WeightAverageDecay is >= 0 and < 1, nameof(WeightAverageDecay), WeightAverageDecay, "in [0, 1)");
    }
}

[JsonSerializable(typeof(ArnOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class ArnOptionsJson : JsonSerializerContext;
