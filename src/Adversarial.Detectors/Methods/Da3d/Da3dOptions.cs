using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="Da3dDetector"/>.</summary>
public class Da3dOptions : NetworkDetectorOptions, IImageOptions
{
    /// <summary>Makes the default options.</summary>
    public Da3dOptions() => EnsembleSize = 3;

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageShape? ImageShape { get; set; }

    internal override ImageInput? Images => ImageShape is { } shape ? new ImageInput(shape, NormalizesContrast: false) : null;

    /// <summary>
    /// Side of the windows of pixels over which activations of images are averaged before the alarm reads them, 1 to 64; 1 gives it all, as the paper
    /// does. Null is 2. Without a meaning for tables.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ActivationPooling { get; set; }

    /// <summary>Where synthetic anomalies come from.</summary>
    [SearchChoices]
    public Da3dGenerator AnomalyGenerator { get; set; }

    /// <summary>Whose hidden activations the alarm reads.</summary>
    [SearchChoices]
    public Da3dActivationSource ActivationSource { get; set; }

    /// <summary>
    /// Whether the alarm reads the autoencoder's residual as well, x less its reconstruction. The paper's alarm reads activations alone, and
    /// throws away what the autoencoder knows.
    /// </summary>
    [SearchChoices]
    public bool ReadResidual { get; set; } = true;

    /// <summary>
    /// Weight of the residual's length in the score, at least 0: the score is the alarm's logit plus so many times the length, each in standard
    /// deviations from its mean over normal rows that the networks are not trained on: of 50 rows on 15 %, at most 300, are kept for it; of fewer
    /// the training rows serve. 0 scores by the alarm's logit alone, as the paper does, and keeps none.
    /// </summary>
    [SearchRange(0, 3)]
    public float ResidualWeight { get; set; } = 1;

    /// <summary>
    /// Weight in the alarm's loss of counterexamples close to the data (normal rows with features of other rows, with noise, or stretched), at
    /// least 0; 0 uses none, as the paper.
    /// </summary>
    [SearchRange(0, 3)]
    public float NeighborWeight { get; set; } = 1;

    /// <summary>What the autoencoder is trained by.</summary>
    public ReconstructionLoss ReconstructionLoss { get; set; }

    /// <summary>The game that shapes the codes of normal rows to N(0, 1).</summary>
    public Da3dCodeLoss CodeLoss { get; set; }

    /// <summary>The last activation of the critics; the code critic's is linear where <see cref="CodeLoss"/> is cross entropy.</summary>
    public Da3dCriticOutput CriticOutput { get; set; } = Da3dCriticOutput.Sigmoid;

    /// <summary>What keeps the critics in bounds.</summary>
    public Da3dClipping Clipping { get; set; } = Da3dClipping.GradientNorm;

    /// <summary>The bound of <see cref="Clipping"/>, above 0.</summary>
    public float ClippingBound { get; set; } = 0.01f;

    /// <summary>Standard deviation of the wide prior in the code space, above 0 (the paper writes its variance, 4).</summary>
    [SearchRange(0.5, 4, IsLogarithmic = true)]
    public float Sigma { get; set; } = 2;

    /// <summary>
    /// Share of the synthetic anomalies of <see cref="Da3dGenerator.Advanced"/> that come from the wide prior instead of the generator, in
    /// [0, 1).
    /// </summary>
    public float PriorShare { get; set; } = 0.5f;

    /// <summary>Weight of the synthetic anomalies in the alarm's loss, equation 1, above 0; the paper's is 1.</summary>
    [SearchRange(0.05, 2, IsLogarithmic = true)]
    public float SyntheticWeight { get; set; } = 0.3f;

    /// <summary>Weight of "avoid normal" in equation 2, at least 0.</summary>
    public float LambdaNormal { get; set; } = 2;

    /// <summary>Weight of "incentivise exploration" in equation 2, at least 0.</summary>
    public float LambdaGenerated { get; set; } = 2;

    /// <summary>Mean of the trivial anomalies in the scaled input space. Null is 0.5 for features in [0, 1] (the paper's) and 0 for standardised ones.</summary>
    public float? TrivialMean { get; set; }

    /// <summary>
    /// Standard deviation of the trivial anomalies, above 0. Null is 1 for features in [0, 1] (the paper's) and 3.5 for standardised ones: as
    /// many deviations of a uniform feature.
    /// </summary>
    public float? TrivialDeviation { get; set; }

    /// <summary>Width of the code. Null is half of the number of features, at most 16.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of the encoder, mirrored by the decoder. Null derives five from the number of features.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>
    /// Hidden layers of the alarm. Null derives four from the number of activations, the first 160 wide at most: a sixth of the paper's,
    /// as several alarms score together.
    /// </summary>
    public int[]? AlarmLayerSizes { get; set; }

    /// <summary>Hidden layers of the two critics. Null is 40, 20, 10, 5.</summary>
    public int[]? CriticLayerSizes { get; set; }

    /// <summary>Hidden layers of the generator. Null is 50, 40, 30, 20.</summary>
    public int[]? GeneratorLayerSizes { get; set; }

    /// <summary>Width of the generator's noise, at least 1.</summary>
    public int GeneratorNoiseDimension { get; set; } = 8;

    /// <summary>Dropout behind each hidden layer of alarm, generator and critic while they are trained, in [0, 1).</summary>
    [SearchRange(0, 0.5)]
    public float DropoutRate { get; set; } = 0.1f;

    /// <summary>Dropout behind each hidden layer of the autoencoder and its critic while they are trained, in [0, 1).</summary>
    public float PretrainingDropoutRate { get; set; } = 0.1f;

    /// <summary>Slope of the leaky rectifiers for negative values, in [0, 1).</summary>
    public float LeakyReluSlope { get; set; } = 0.01f;

    /// <summary>Epochs of the autoencoder. Null derives them from the number of rows.</summary>
    public int? NumberOfPretrainingEpochs { get; set; }

    /// <summary>Epochs of alarm, generator and critic. Null derives them from the number of rows.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>
    /// Learning rate of the autoencoder and its critic, above 0. Null derives it from the width of the encoder: 0.012 / width of its first
    /// layer, from 1e-4 (the paper's) to 1e-3.
    /// </summary>
    [SearchRange(1e-5, 1e-2, IsLogarithmic = true)]
    public float? PretrainingLearningRate { get; set; }

    /// <summary>Learning rate of alarm, generator and critic, above 0. Null derives it like <see cref="PretrainingLearningRate"/>.</summary>
    [SearchRange(1e-5, 1e-2, IsLogarithmic = true)]
    public float? LearningRate { get; set; }

    /// <summary>Decay of the moving average of the alarm's weights that scores, in [0, 1); 0 scores with the last weights.</summary>
    public float WeightAverageDecay { get; set; } = 0.998f;

    /// <summary>Shortens training for demonstrations and first looks: one detector instead of three. The spread over seeds grows.</summary>
    public void UseShortTraining() => EnsembleSize = 1;

    /// <summary>Sets options to what the authors' code does: 500 + 500 epochs, learning rates of 1e-4, the last weights.</summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : Da3dOptions
    {
        options.CalibrationShare = 0;
        options.AnomalyGenerator = Da3dGenerator.Advanced;
        options.ActivationSource = Da3dActivationSource.Decoder;
        options.InputScaling = InputScaling.MinMax;
        options.ReconstructionLoss = ReconstructionLoss.CrossEntropy;
        options.ReadResidual = false;
        options.ResidualWeight = 0;
        options.PretrainingDropoutRate = 0.1f;
        options.NeighborWeight = 0;
        options.CodeLoss = Da3dCodeLoss.Wasserstein;
        options.PriorShare = 0;
        options.SyntheticWeight = 1;
        options.EnsembleSize = 1;
        options.CriticOutput = Da3dCriticOutput.Sigmoid;
        options.Clipping = Da3dClipping.GradientNorm;
        options.ClippingBound = 0.01f;
        options.AlarmLayerSizes = [1000, 500, 200, 75];
        options.NumberOfPretrainingEpochs = 500;
        options.NumberOfEpochs = 500;
        options.PretrainingLearningRate = 1e-4f;
        options.LearningRate = 1e-4f;
        options.WeightAverageDecay = 0;
        return options;
    }

    internal override void UseDefaultsOf(int version, int columns)
    {
        if (version >= 3)
            return;
        (InputScaling, ReadResidual, ResidualWeight, ReconstructionLoss) = (InputScaling.MinMax, false, 0, ReconstructionLoss.CrossEntropy);
        LatentDimension ??= Da3dSizes.LatentBeforeVersion3(columns);
    }

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (Da3dOptions)base.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        copy.AlarmLayerSizes = (int[]?)AlarmLayerSizes?.Clone();
        copy.CriticLayerSizes = (int[]?)CriticLayerSizes?.Clone();
        copy.GeneratorLayerSizes = (int[]?)GeneratorLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireShape(ImageShape);
        Require(ActivationPooling is null or (>= 1 and <= 64), nameof(ActivationPooling), ActivationPooling, "null or 1 to 64");
        Require(Enum.IsDefined(AnomalyGenerator), nameof(AnomalyGenerator), AnomalyGenerator, "a defined value");
        Require(Enum.IsDefined(ActivationSource), nameof(ActivationSource), ActivationSource, "a defined value");
        Require(Enum.IsDefined(CodeLoss), nameof(CodeLoss), CodeLoss, "a defined value");
        Require(Enum.IsDefined(CriticOutput), nameof(CriticOutput), CriticOutput, "a defined value");
        Require(Enum.IsDefined(Clipping), nameof(Clipping), Clipping, "a defined value");
        RequirePositive(nameof(ClippingBound), ClippingBound);
        RequirePositive(nameof(Sigma), Sigma);
        Require(PriorShare is >= 0 and < 1, nameof(PriorShare), PriorShare, "in [0, 1)");
        RequirePositive(nameof(SyntheticWeight), SyntheticWeight);
        Require(float.IsFinite(LambdaNormal) && LambdaNormal >= 0, nameof(LambdaNormal), LambdaNormal, "a finite number, at least 0");
        Require(float.IsFinite(LambdaGenerated) && LambdaGenerated >= 0, nameof(LambdaGenerated), LambdaGenerated, "a finite number, at least 0");
        Require(TrivialMean is null || float.IsFinite(TrivialMean.Value), nameof(TrivialMean), TrivialMean, "finite");
        RequirePositive(nameof(TrivialDeviation), TrivialDeviation ?? 1);
        Require(float.IsFinite(NeighborWeight) && NeighborWeight >= 0, nameof(NeighborWeight), NeighborWeight, "a finite number, at least 0");
        Require(float.IsFinite(ResidualWeight) && ResidualWeight >= 0, nameof(ResidualWeight), ResidualWeight, "a finite number, at least 0");
        Require(Enum.IsDefined(ReconstructionLoss), nameof(ReconstructionLoss), ReconstructionLoss, "a defined value");
        Require(ReconstructionLoss.Suits(InputScaling), nameof(ReconstructionLoss), ReconstructionLoss,
            $"{nameof(ReconstructionLoss.SquaredError)} where {nameof(InputScaling)} is {InputScaling}: cross entropy takes features in [0, 1], so set {nameof(InputScaling)} to {nameof(InputScaling.MinMax)}");
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        RequireSizes(nameof(AlarmLayerSizes), AlarmLayerSizes);
        RequireSizes(nameof(CriticLayerSizes), CriticLayerSizes);
        RequireSizes(nameof(GeneratorLayerSizes), GeneratorLayerSizes);
        Require(GeneratorNoiseDimension is >= 1 and <= 65536, nameof(GeneratorNoiseDimension), GeneratorNoiseDimension, "1 to 65536");
        Require(DropoutRate is >= 0 and < 1, nameof(DropoutRate), DropoutRate, "in [0, 1)");
        Require(PretrainingDropoutRate is >= 0 and < 1, nameof(PretrainingDropoutRate), PretrainingDropoutRate, "in [0, 1)");
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(NumberOfPretrainingEpochs is null or >= 0, nameof(NumberOfPretrainingEpochs), NumberOfPretrainingEpochs, "at least 0");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(PretrainingLearningRate), PretrainingLearningRate ?? 1);
        RequirePositive(nameof(LearningRate), LearningRate ?? 1);
        Require(WeightAverageDecay is >= 0 and < 1, nameof(WeightAverageDecay), WeightAverageDecay, "in [0, 1)");
    }
}

[JsonSerializable(typeof(Da3dOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class Da3dOptionsJson : JsonSerializerContext;
