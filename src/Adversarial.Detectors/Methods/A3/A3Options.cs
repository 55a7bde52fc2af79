using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="A3Detector"/>.</summary>
public class A3Options : NetworkDetectorOptions
{
    /// <summary>Whether the alarm learns from known anomalies as well: A3 as its paper has it. Else it learns from noise alone.</summary>
    public bool UseKnownAnomalies { get; set; }

    /// <summary>
    /// Share of known anomalies among the labelled rows of a batch, in (0, 1), with <see cref="UseKnownAnomalies"/>. They come on top of
    /// <see cref="NetworkDetectorOptions.BatchSize"/> normal rows, drawn with replacement.
    /// </summary>
    public double AnomalyShare { get; set; } = 0.1;

    /// <summary>Whether the alarm reads the code besides the hidden activations of encoder and decoder.</summary>
    [SearchChoices]
    public bool ReadCode { get; set; } = true;

    /// <summary>What the autoencoder is trained by.</summary>
    public ReconstructionLoss ReconstructionLoss { get; set; }

    /// <summary>Mean of the noise that stands for anomalies, in the scaled input space. Null is 0.5 for features in [0, 1] (the paper's) and 0 for standardised ones.</summary>
    public float? NoiseMean { get; set; }

    /// <summary>
    /// Standard deviation of that noise, above 0. Null is 1 for features in [0, 1] (the paper's) and 3.5 for standardised ones: as many
    /// deviations of a uniform feature.
    /// </summary>
    [SearchRange(0.5, 8, IsLogarithmic = true)]
    public float? NoiseDeviation { get; set; }

    /// <summary>Weight of the noise in the alarm's loss, above 0; the paper's is 1.</summary>
    [SearchRange(0.1, 3, IsLogarithmic = true)]
    public float NoiseWeight { get; set; } = 1;

    /// <summary>Width of the code, 1 to 65536. Null is an eighth of the encoder's first layer.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of the encoder, mirrored by the decoder. Null is 1.65 times the features, 16 to 300, its half and its quarter.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Hidden layers of the alarm. Null derives four from the number of activations, the first 300 wide at most; the paper has 1000, 500, 200, 75.</summary>
    public int[]? AlarmLayerSizes { get; set; }

    /// <summary>Dropout in training, in [0, 1): behind the last hidden layer of autoencoder and alarm, or behind each with <see cref="DropEveryLayer"/>.</summary>
    [SearchRange(0, 0.5)]
    public float DropoutRate { get; set; } = 0.1f;

    /// <summary>Whether dropout stands behind each hidden layer, as in DA3D's copy, and not behind the last one alone.</summary>
    public bool DropEveryLayer { get; set; }

    /// <summary>Epochs of the autoencoder. Null derives them: 2000 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfPretrainingEpochs { get; set; }

    /// <summary>Epochs of the alarm. Null derives them: 2000 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate of the autoencoder, above 0.</summary>
    [SearchRange(1e-4, 1e-2, IsLogarithmic = true)]
    public float PretrainingLearningRate { get; set; } = 1e-3f;

    /// <summary>Learning rate of the alarm, above 0.</summary>
    [SearchRange(1e-5, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 1e-4f;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int LeastAnomalies => UseKnownAnomalies ? 1 : 0;

    /// <summary>Sets options to what the authors' code does on NSL-KDD: 30 epochs of the autoencoder, 60 of the alarm at 1e-5, known anomalies.</summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : A3Options
    {
        options.UseKnownAnomalies = true;
        options.UsePublishedNetworks();
        options.EncoderLayerSizes = [200, 100, 50];
        options.LatentDimension = 25;
        options.BatchSize = 256;
        options.NumberOfPretrainingEpochs = 30;
        options.NumberOfEpochs = 60;
        options.LearningRate = 1e-5f;
        return options;
    }

    /// <summary>
    /// Sets options to what DA3D's authors compare with: no labels, the code not read, dropout behind each layer, 500 and 500 epochs at 1e-4.
    /// </summary>
    protected static TOptions Compared<TOptions>(TOptions options)
        where TOptions : A3Options
    {
        options.UsePublishedNetworks();
        options.ReadCode = false;
        options.DropEveryLayer = true;
        options.NumberOfPretrainingEpochs = 500;
        options.NumberOfEpochs = 500;
        options.PretrainingLearningRate = 1e-4f;
        options.LearningRate = 1e-4f;
        return options;
    }

    private void UsePublishedNetworks()
    {
        InputScaling = InputScaling.MinMax;
        ReconstructionLoss = ReconstructionLoss.CrossEntropy;
        AlarmLayerSizes = [1000, 500, 200, 75];
        (NoiseMean, NoiseDeviation, NoiseWeight, DropoutRate) = (0.5f, 1, 1, 0.1f);
        EnsembleSize = 1;
    }

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (A3Options)base.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        copy.AlarmLayerSizes = (int[]?)AlarmLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(AnomalyShare is > 0 and < 1, nameof(AnomalyShare), AnomalyShare, "in (0, 1)");
        Require(Enum.IsDefined(ReconstructionLoss), nameof(ReconstructionLoss), ReconstructionLoss, "a defined value");
        Require(ReconstructionLoss.Suits(InputScaling), nameof(ReconstructionLoss), ReconstructionLoss,
            $"{nameof(ReconstructionLoss.SquaredError)} where {nameof(InputScaling)} is {InputScaling}: cross entropy takes features in [0, 1], so set {nameof(InputScaling)} to {nameof(InputScaling.MinMax)}");
        Require(NoiseMean is null || float.IsFinite(NoiseMean.Value), nameof(NoiseMean), NoiseMean, "finite");
        RequirePositive(nameof(NoiseDeviation), NoiseDeviation ?? 1);
        RequirePositive(nameof(NoiseWeight), NoiseWeight);
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        RequireSizes(nameof(AlarmLayerSizes), AlarmLayerSizes);
        Require(DropoutRate is >= 0 and < 1, nameof(DropoutRate), DropoutRate, "in [0, 1)");
        Require(NumberOfPretrainingEpochs is null or >= 0, nameof(NumberOfPretrainingEpochs), NumberOfPretrainingEpochs, "at least 0");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(PretrainingLearningRate), PretrainingLearningRate);
        RequirePositive(nameof(LearningRate), LearningRate);
    }
}

[JsonSerializable(typeof(A3Options))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class A3OptionsJson : JsonSerializerContext;
