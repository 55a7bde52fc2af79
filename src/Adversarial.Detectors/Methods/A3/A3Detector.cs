using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// A3, activation anomaly analysis (Sperl, Schulze and Böttinger 2020). An autoencoder, the target, learns the normal rows and is then left as it is;
/// an alarm network learns to tell the target's hidden activations on normal rows from those on noise, and on known anomalies where there are some.
/// The score is the alarm's logit.
/// </summary>
/// <remarks>Without known anomalies it fails on all that is not far out: noise lies so far from the rows that the alarm has nothing to learn near them.</remarks>
public sealed class A3Detector : NetworkDetector
{
    // Deviations of features in [0, 1] that the paper's noise has.
    private const float NoiseUnits = 3.5f;

    private readonly A3Options _options;
    private readonly A3Sizes _sizes;
    private Mlp _encoder = null!;
    private Mlp _decoder = null!;
    private Mlp _alarm = null!;
    private Adam _targetAdam = null!;
    private Adam _alarmAdam = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "A3",
            Paper = "Activation Anomaly Analysis",
            Year = 2020,
            Reference = "arXiv:2003.01801",
            Task = "Anomaly detection in tables, with a few known anomalies or without",
            Labels = LabelUse.Optional,
            Scaling = "Standardised features, which the default InputScaling gives",
            Complexity = "A step costs about 6 times, a score once the weights of autoencoder and alarm for each row",
            KnownFailure = "Without known anomalies, whatever lies nearer to the normal rows than the noise",
            Readme = "src/Adversarial.Detectors/Methods/A3/README.md",
        },
        (options, columns) => new A3Detector(options, columns),
        A3OptionsJson.Default.A3Options,
        ("Known anomalies", () => new A3Options { UseKnownAnomalies = true }),
        ("Compared by DA3D", () => new A3Options { ReadCode = false, DropEveryLayer = true }));

    internal A3Detector(A3Options options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = A3Sizes.Of(options, columns);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_encoder, _decoder, _alarm];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        // The code has a rectifier too; without dropout behind each layer the encoder has none.
        _encoder = new Mlp(device, "encoder", Columns, Layers(_sizes.Encoder, _sizes.Latent, Activation.Relu, dropsLast: false));
        _decoder = new Mlp(device, "decoder", _sizes.Latent, Layers(_sizes.Decoder, Columns, Activation.Identity, dropsLast: true));
        _alarm = new Mlp(device, "alarm", _sizes.Activations, Layers(_sizes.Alarm, 1, Activation.Identity, dropsLast: true));
    }

    private LayerSpec[] Layers(int[] hidden, int outputs, Activation output, bool dropsLast)
    {
        bool Drops(int index) => _options.DropEveryLayer || (dropsLast && index == hidden.Length - 1);
        return
        [
            .. hidden.Select((width, index) => new LayerSpec(width, Activation.Relu, Dropout: Drops(index) ? _options.DropoutRate : 0)),
            new LayerSpec(outputs, output),
        ];
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        _targetAdam = new Adam(new AdamSettings(_options.PretrainingLearningRate), _encoder, _decoder);
        _alarmAdam = new Adam(new AdamSettings(_options.LearningRate), _alarm);

        // Multiply-adds of a step: forward is one pass, backward two; the alarm sees as much noise as rows.
        double budget = WorkBudget.Of(rows, Columns) / (2 * _options.EnsembleSize), target = _encoder.Parameters.Count + _decoder.Parameters.Count;
        int Epochs(double workOfRow) => A3Sizes.Epochs(rows, batchSize, budget, batchSize * workOfRow);
        return
        [
            new TrainingPhase("target", _options.NumberOfPretrainingEpochs ?? Epochs(3 * target), StepTarget, _targetAdam),
            new TrainingPhase("alarm", _options.NumberOfEpochs ?? Epochs(2 * target + 6.0 * _alarm.Parameters.Count), StepAlarm, _alarmAdam),
        ];
    }

    /// <summary>One update of the target: give the rows back.</summary>
    private void StepTarget(TrainingStep step)
    {
        Tensor outputs = _decoder.Forward(_encoder.Forward(step.Features, step.Noise), step.Noise);
        step.Minimize(_targetAdam, _options.ReconstructionLoss.Of(outputs, step.Features), "reconstruction");
    }

    /// <summary>One update of the alarm: labelled rows to their labels, noise to 1; the target stays as it is.</summary>
    private void StepAlarm(TrainingStep step)
    {
        int n = step.Rows, anomalies = _options.UseKnownAnomalies
            ? Math.Max(1, (int)Math.Round(n * _options.AnomalyShare / (1 - _options.AnomalyShare)))
            : 0;
        var space = FeatureSpace.Of(_options.InputScaling);
        Tensor rows = ConcatenateRows(step.Features,
            step.Normal(n, Columns, _options.NoiseMean ?? space.Center, _options.NoiseDeviation ?? NoiseUnits * space.Unit));
        if (anomalies > 0)
            rows = ConcatenateRows(rows, step.DrawAnomalies(anomalies));
        Tensor logits = _alarm.Forward(Activations(rows), step.Noise);
        float share = n / (float)(n + anomalies);
        Tensor labelled = share * BinaryCrossEntropyWithLogits(logits.SliceRows(0, n), 0);
        if (anomalies > 0)
            labelled += (1 - share) * BinaryCrossEntropyWithLogits(logits.SliceRows(2 * n, anomalies), 1);
        step.Minimize(_alarmAdam, labelled + _options.NoiseWeight * BinaryCrossEntropyWithLogits(logits.SliceRows(n, n), 1), "alarm");
    }

    /// <summary>Hidden activations of encoder and decoder, and between them the code where it is read; without dropout.</summary>
    private Tensor Activations(Tensor rows)
    {
        int before = _encoder.HiddenWidth, code = _options.ReadCode ? _sizes.Latent : 0;
        Tensor all = rows.Tape.Allocate(rows.Rows, _sizes.Activations);
        Tensor last = _encoder.Hidden(rows, all.SliceColumns(0, before));
        Tensor z = _encoder.Output(last, _options.ReadCode ? all.SliceColumns(before, code) : null);
        _decoder.Hidden(z, all.SliceColumns(before + code, _decoder.HiddenWidth));
        return all;
    }

    internal override Func<Tensor, Tensor> Reconstruction => features =>
        _options.ReconstructionLoss.RowsOf(_decoder.Forward(_encoder.Forward(features)));

    /// <summary>The alarm's logit: its sigmoid, the paper's score, would be 0 or 1 in single precision for most rows.</summary>
    protected internal override Tensor Score(Tensor features) => _alarm.Forward(Activations(features));
}
