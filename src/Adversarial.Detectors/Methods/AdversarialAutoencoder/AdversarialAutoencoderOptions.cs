using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>The game that shapes the codes of an <see cref="AdversarialAutoencoderDetector"/> to N(0, 1).</summary>
public enum AdversarialAutoencoderGame
{
    /// <summary>Cross entropy of a discriminator's logits, the encoder's loss not saturating: the paper's (Makhzani et al. 2016).</summary>
    CrossEntropy,

    /// <summary>Difference of means of a critic without bounds, whose weights are clipped (Arjovsky et al. 2017).</summary>
    Wasserstein,

    /// <summary>Difference of means of a sigmoid, with clipped norms of gradients: what the authors of DA3D coded. It fades where the sigmoid saturates.</summary>
    BoundedWasserstein,
}

/// <summary>Options of <see cref="AdversarialAutoencoderDetector"/>.</summary>
public class AdversarialAutoencoderOptions : NetworkDetectorOptions
{
    /// <summary>Makes options with three autoencoders that score together: single ones differ from seed to seed.</summary>
    public AdversarialAutoencoderOptions() => EnsembleSize = 3;

    /// <summary>The game on the codes.</summary>
    [SearchChoices]
    public AdversarialAutoencoderGame Game { get; set; }

    /// <summary>Bound of clipped weights or norms of gradients, above 0; <see cref="AdversarialAutoencoderGame.CrossEntropy"/> clips nothing.</summary>
    public float ClippingBound { get; set; } = 0.01f;

    /// <summary>What the reconstruction is trained by.</summary>
    public ReconstructionLoss ReconstructionLoss { get; set; }

    /// <summary>Width of the code, 1 to 65536. Null is half of the number of features, at most 16.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of the encoder, mirrored by the decoder. Null is five that fall to the code, after those of DA3D's paper.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Hidden layers of the critic. Null is 40, 20, 10, 5, as in DA3D's paper.</summary>
    public int[]? CriticLayerSizes { get; set; }

    /// <summary>Dropout behind each hidden layer while training, in [0, 1).</summary>
    [SearchRange(0, 0.5)]
    public float DropoutRate { get; set; } = 0.1f;

    /// <summary>Slope of the leaky rectifiers for negative values, in [0, 1).</summary>
    public float LeakyReluSlope { get; set; } = 0.01f;

    /// <summary>Passes over the training rows, at least 1. Null derives them: 3000 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate of all networks at the start, above 0.</summary>
    [SearchRange(1e-4, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 1e-3f;

    /// <summary>The share of the learning rate that is left at the end, in (0, 1]; it falls by a line in between.</summary>
    [SearchRange(0.01, 1, IsLogarithmic = true)]
    public float FinalLearningRateShare { get; set; } = 0.1f;

    /// <summary>
    /// Sets options to the first stage of DA3D's code on KDD tables (arXiv:2101.04645, table 1): a code of 10, features in [0, 1], cross entropy of
    /// rows, a sigmoid critic, 500 epochs of 512 rows at 1e-4.
    /// </summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : AdversarialAutoencoderOptions
    {
        options.Game = AdversarialAutoencoderGame.BoundedWasserstein;
        options.ClippingBound = 0.01f;
        options.InputScaling = InputScaling.MinMax;
        options.ReconstructionLoss = ReconstructionLoss.CrossEntropy;
        options.LatentDimension = 10;
        options.EncoderLayerSizes = [150, 100, 70, 40, 25];
        options.CriticLayerSizes = [40, 20, 10, 5];
        options.DropoutRate = 0.1f;
        options.LeakyReluSlope = 0.01f;
        options.BatchSize = 512;
        options.NumberOfEpochs = 500;
        options.LearningRate = 1e-4f;
        options.FinalLearningRateShare = 1;
        options.EnsembleSize = 1;
        return options;
    }

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (AdversarialAutoencoderOptions)base.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        copy.CriticLayerSizes = (int[]?)CriticLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Enum.IsDefined(Game), nameof(Game), Game, "a defined value");
        RequirePositive(nameof(ClippingBound), ClippingBound);
        Require(Enum.IsDefined(ReconstructionLoss), nameof(ReconstructionLoss), ReconstructionLoss, "a defined value");
        Require(ReconstructionLoss.Suits(InputScaling), nameof(ReconstructionLoss), ReconstructionLoss,
            $"{nameof(ReconstructionLoss.SquaredError)} where {nameof(InputScaling)} is {InputScaling}: cross entropy takes features in [0, 1], so set {nameof(InputScaling)} to {nameof(InputScaling.MinMax)}");
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        RequireSizes(nameof(CriticLayerSizes), CriticLayerSizes);
        Require(DropoutRate is >= 0 and < 1, nameof(DropoutRate), DropoutRate, "in [0, 1)");
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate);
        Require(FinalLearningRateShare is > 0 and <= 1, nameof(FinalLearningRateShare), FinalLearningRateShare, "in (0, 1]");
    }
}

[JsonSerializable(typeof(AdversarialAutoencoderOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class AdversarialAutoencoderOptionsJson : JsonSerializerContext;
