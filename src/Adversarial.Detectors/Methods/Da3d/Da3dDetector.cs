using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// DA3D, double-adversarial activation anomaly detection (Schulze, Sperl and Böttinger 2021, arXiv:2101.04645). An adversarial autoencoder
/// learns the normal rows; then an alarm network learns to tell their hidden activations from those of synthetic anomalies, which a
/// generator seeks in the code space, between the alarm that it tries to fool and a critic that keeps it off the normal rows.
/// </summary>
/// <remarks>
/// It fails where anomalies lie inside the codes of normal rows, and on tables so small that the autoencoder does not learn.
/// </remarks>
public sealed partial class Da3dDetector : NetworkDetector
{
    // Deviations of features in [0, 1] that the paper's trivial anomalies have.
    private const float TrivialUnits = 3.5f;

    // Means of 2 x 2 pixels leave the alarm a quarter of the weights, which are most of all.
    private const int DefaultPooling = 2;

    private readonly Da3dOptions _options;
    private Da3dSizes _sizes;
    private readonly NeighboringRows _neighbors;
    private readonly ResidualScore _score;
    private RowNetwork _encoder = null!;
    private RowNetwork _decoder = null!;
    private Mlp _codeCritic = null!;
    private Mlp _alarm = null!;
    private Mlp _generator = null!;
    private Mlp _critic = null!;
    private Adam _alarmAdam = null!;
    private Adam _generatorAdam = null!;
    private Adam _criticAdam = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "DA3D",
            Paper = "Double-Adversarial Activation Anomaly Detection: Adversarial Autoencoders are Anomaly Generators",
            Year = 2021,
            Reference = "arXiv:2101.04645",
            Task = "One-class anomaly detection in tables",
            Labels = LabelUse.None,
            Scaling = "Any; features are standardised",
            Complexity = "A step costs about 6 times, a score 2 times the weights of the alarm for each row and member",
            KnownFailure = "Anomalies whose codes lie among those of normal rows",
            Readme = "src/Adversarial.Detectors/Methods/Da3d/README.md",
        },
        (options, columns) => new Da3dDetector(options, columns),
        Da3dOptionsJson.Default.Da3dOptions,
        ("Simple", () => new Da3dOptions { AnomalyGenerator = Da3dGenerator.Simple }),
        ("Trivial", () => new Da3dOptions { AnomalyGenerator = Da3dGenerator.Trivial }),
        ("Both activations", () => new Da3dOptions { ActivationSource = Da3dActivationSource.Both }),
        ("Encoder activations", () => new Da3dOptions { ActivationSource = Da3dActivationSource.Encoder }),
        ("Wasserstein critics", () => new Da3dOptions { CriticOutput = Da3dCriticOutput.Linear, Clipping = Da3dClipping.Weights }));

    internal Da3dDetector(Da3dOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = Da3dSizes.Of(options, columns);
        _neighbors = new NeighboringRows(columns);
        _score = new ResidualScore(options.ResidualWeight);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => _options.AnomalyGenerator == Da3dGenerator.Advanced
        ? [_encoder, _decoder, _codeCritic, _alarm, _generator, _critic]
        : [_encoder, _decoder, _codeCritic, _alarm];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        Activation leaky = Activation.LeakyRelu(_options.LeakyReluSlope);
        Activation criticOutput = _options.CriticOutput == Da3dCriticOutput.Sigmoid ? Activation.Sigmoid : Activation.Identity;
        Mlp First(string name, int inputs, int[] hidden, int outputs, Activation output) =>
            new(device, name, inputs, hidden, outputs, leaky, output, _options.PretrainingDropoutRate);
        Mlp Second(string name, int inputs, int[] hidden, int outputs, Activation output) =>
            new(device, name, inputs, hidden, outputs, leaky, output, _options.DropoutRate);

        if (StridedNetworks.Of(_options.ImageShape, _options.ImageShape is null ? null : _sizes.Encoder) is { } images)
        {
            int pooling = _options.ActivationPooling ?? DefaultPooling;
            _encoder = images.Encoder(device, "encoder", _sizes.Latent, leaky, Normalization.Batch, hiddenPooling: pooling);
            _decoder = images.Decoder(device, "decoder", _sizes.Latent, leaky, Normalization.Batch, pooling);
            _sizes = _sizes.Reading((_options.ActivationSource != Da3dActivationSource.Decoder ? _encoder.HiddenWidth : 0)
                + (_options.ActivationSource != Da3dActivationSource.Encoder ? _decoder.HiddenWidth : 0) + (_options.ReadResidual ? Columns : 0), _options);
        }
        else
        {
            _encoder = First("encoder", Columns, _sizes.Encoder, _sizes.Latent, Activation.Identity);
            _decoder = First("decoder", _sizes.Latent, _sizes.Decoder, Columns, Activation.Identity);
        }

        _codeCritic = First("code critic", _sizes.Latent, _sizes.Critic, 1,
            _options.CodeLoss == Da3dCodeLoss.Wasserstein ? criticOutput : Activation.Identity);
        _alarm = Second("alarm", _sizes.Activations, _sizes.Alarm, 1, Activation.Identity);
        _generator = Second("generator", _options.GeneratorNoiseDimension, _sizes.Generator, _sizes.Latent, Activation.Identity);
        _critic = Second("critic", _sizes.Latent, _sizes.Critic, 1, criticOutput);
    }

    /// <inheritdoc/>
    protected internal override double HeldOutShare(int rows) => _score.HeldOutShare(rows);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        _score.Forget();
        double budget = WorkBudget.Of(rows, Columns) / _options.EnsembleSize;
        Da3dSchedule first = _sizes.Pretraining(budget, AdversarialReconstruction.WorkOfStep(batchSize, _encoder, _decoder)), second = _sizes.Training(budget, WorkOfAlarmStep(batchSize));
        var pretraining = new AdamSettings(_options.PretrainingLearningRate ?? first.LearningRate);
        var training = new AdamSettings(_options.LearningRate ?? second.LearningRate);
        float? norm = _options.Clipping == Da3dClipping.GradientNorm ? _options.ClippingBound : null;
        float? weights = _options.Clipping == Da3dClipping.Weights ? _options.ClippingBound : null;
        bool clipped = _options.CodeLoss == Da3dCodeLoss.Wasserstein;
        var autoencoder = new AdversarialReconstruction(_encoder, _decoder, _codeCritic, _options.ReconstructionLoss, clipped)
        {
            ReconstructionAdam = new Adam(pretraining, _encoder, _decoder),
            CriticAdam = new Adam(pretraining, _codeCritic) { ClipNorm = clipped ? norm : null, ClipWeights = clipped ? weights : null },
            EncoderAdam = new Adam(pretraining, _encoder) { ClipNorm = clipped ? norm : null },
        };
        _alarmAdam = new Adam(training, _alarm);
        _generatorAdam = new Adam(training, _generator) { ClipNorm = norm };
        _criticAdam = new Adam(training, _critic) { ClipNorm = norm, ClipWeights = weights };
        return
        [
            new TrainingPhase("autoencoder", _options.NumberOfPretrainingEpochs ?? Da3dSizes.Epochs(first.Steps, rows, batchSize), autoencoder.Step,
                autoencoder.ReconstructionAdam, autoencoder.CriticAdam, autoencoder.EncoderAdam),
            new TrainingPhase("alarm", _options.NumberOfEpochs ?? Da3dSizes.Epochs(second.Steps, rows, batchSize), StepAlarm,
                _alarmAdam, _generatorAdam, _criticAdam)
            {
                Averages = _options.WeightAverageDecay > 0 ? [new ExponentialAverage(_alarm, _options.WeightAverageDecay)] : [],
            },
        ];
    }

    // Multiply-adds of a step by the passes through the networks: forward is one, backward two, or one to the input alone.
    private double WorkOfAlarmStep(int rows)
    {
        bool decodes = _options.ReadResidual || _options.ActivationSource != Da3dActivationSource.Decoder;
        int blocks = 2 + (_options.NeighborWeight > 0 ? 1 : 0) + (_options.AnomalyGenerator != Da3dGenerator.Trivial ? 1 : 0);

        // The blocks that the alarm reads; where synthetic rows are decoded and given a residual, these passes as well.
        double alarm = 3 * blocks, encoder = blocks + (decodes ? 1 : 0), decoder = blocks + (decodes ? 2 : 0);
        if (_options.AnomalyGenerator == Da3dGenerator.Advanced)
        {
            // To the generator and back, and codes for the critic.
            alarm += 2;
            decoder += decodes ? 4 : 2;
            encoder += decodes ? 3 : 1;
        }

        return rows * (alarm * _alarm.Parameters.Count + encoder * WorkBudget.OfRow(_encoder) + decoder * WorkBudget.OfRow(_decoder));
    }

    /// <summary>One update of alarm, generator and critic (Algorithm 1); the autoencoder stays as it is.</summary>
    private void StepAlarm(TrainingStep step)
    {
        int n = step.Rows;

        // Eq. (1): normal -> 0, trivial and synthetic -> 1, in one pass.
        Tensor logits = _alarm.Forward(Seen(step), step.Noise);
        Tensor alarmLoss = BinaryCrossEntropyWithLogits(logits.SliceRows(0, n), 0) + BinaryCrossEntropyWithLogits(logits.SliceRows(n, n), 1);
        if (_options.NeighborWeight > 0)
            alarmLoss += _options.NeighborWeight * BinaryCrossEntropyWithLogits(logits.SliceRows(2 * n, n), 1);
        if (_options.AnomalyGenerator != Da3dGenerator.Trivial)
            alarmLoss += _options.SyntheticWeight * BinaryCrossEntropyWithLogits(logits.SliceRows(logits.Rows - n, n), 1);
        step.Minimize(_alarmAdam, alarmLoss, "alarm");
        if (_options.AnomalyGenerator != Da3dGenerator.Advanced)
            return;

        // Eq. (3): fool the alarm and the critic.
        step.BeginUpdate();
        Tensor alarmed = Sigmoid(_alarm.Forward(ActivationsOfCode(Generate(step, n, step.Noise))));
        Tensor criticised = _critic.Forward(Generate(step, n, step.Noise));
        step.Minimize(_generatorAdam, Mean(alarmed) + Mean(criticised), "generator");

        // Eq. (2): stay in boundaries, explore, avoid normal.
        step.BeginUpdate();
        Tensor codes = step.Tape.Allocate(3 * n, _sizes.Latent);
        using (step.Tape.WithoutRecording())
        {
            step.Normal(n, _sizes.Latent, deviation: _options.Sigma, into: codes.SliceRows(0, n));
            Generate(step, n, dropout: null, codes.SliceRows(n, n));
            _encoder.Forward(step.Features, into: codes.SliceRows(2 * n, n));
        }

        Tensor judged = _critic.Forward(codes, step.Noise);
        step.Minimize(_criticAdam,
            Mean(judged.SliceRows(0, n))
            - _options.LambdaGenerated * Mean(judged.SliceRows(n, n))
            - _options.LambdaNormal * Mean(judged.SliceRows(2 * n, n)),
            "critic");
    }

    // The autoencoder stays as it is.
    private Tensor Seen(TrainingStep step)
    {
        using (step.Tape.WithoutRecording())
            return TrainingActivations(step);
    }

    /// <summary>Activations of normal, trivial, neighbouring and synthetic rows, one block under another.</summary>
    private Tensor TrainingActivations(TrainingStep step)
    {
        int n = step.Rows;
        var space = FeatureSpace.Of(_options.InputScaling);
        Tensor rows = ConcatenateRows(step.Features,
            step.Normal(n, Columns, _options.TrivialMean ?? space.Center, _options.TrivialDeviation ?? TrivialUnits * space.Unit));
        if (_options.NeighborWeight > 0)
            rows = ConcatenateRows(rows, _neighbors.Draw(step, space));
        if (_options.AnomalyGenerator == Da3dGenerator.Trivial)
            return ActivationsOfRows(rows);

        if (_options.ActivationSource != Da3dActivationSource.Decoder || _options.ReadResidual)
            return ActivationsOfRows(ConcatenateRows(rows, Realistic(step, Decode(Synthesize(step)))));

        Tensor codes = step.Tape.Allocate(rows.Rows + n, _sizes.Latent);
        _encoder.Forward(rows, into: codes.SliceRows(0, rows.Rows));
        Synthesize(step, codes.SliceRows(rows.Rows, n));
        return DecoderActivations(codes);
    }

    /// <summary>Codes of synthetic anomalies: the generator's, and behind them the prior's share.</summary>
    private Tensor Synthesize(TrainingStep step, Tensor? into = null)
    {
        Tensor codes = into ?? step.Tape.Allocate(step.Rows, _sizes.Latent);
        int generated = _options.AnomalyGenerator == Da3dGenerator.Advanced ? (int)Math.Ceiling(step.Rows * (1 - _options.PriorShare)) : 0;
        if (generated > 0)
            Generate(step, generated, dropout: null, codes.SliceRows(0, generated));
        if (generated < step.Rows)
            step.Normal(step.Rows - generated, _sizes.Latent, deviation: _options.Sigma, into: codes.SliceRows(generated, step.Rows - generated));
        return codes;
    }

    private Tensor Generate(TrainingStep step, int rows, NoiseSource? dropout, Tensor? into = null) =>
        _generator.Forward(step.Normal(rows, _options.GeneratorNoiseDimension), dropout, into);

    private Tensor DecoderActivations(Tensor codes)
    {
        Tensor activations = codes.Tape.Allocate(codes.Rows, _decoder.HiddenWidth);
        _decoder.Hidden(codes, activations);
        return activations;
    }

    /// <summary>The activations a(.) that rows cause, without dropout, and the residual where it is read.</summary>
    private Tensor ActivationsOfRows(Tensor rows)
    {
        if (_options.ActivationSource == Da3dActivationSource.Decoder && !_options.ReadResidual)
            return DecoderActivations(_encoder.Forward(rows));

        bool readsEncoder = _options.ActivationSource != Da3dActivationSource.Decoder;
        bool readsDecoder = _options.ActivationSource != Da3dActivationSource.Encoder;
        Tensor activations = rows.Tape.Allocate(rows.Rows, (readsEncoder ? _encoder.HiddenWidth : 0) + (readsDecoder ? _decoder.HiddenWidth : 0));
        Tensor code = readsEncoder
            ? _encoder.Output(_encoder.Hidden(rows, activations.SliceColumns(0, _encoder.HiddenWidth)))
            : _encoder.Forward(rows);
        if (!readsDecoder && !_options.ReadResidual)
            return activations;
        Tensor last = readsDecoder
            ? _decoder.Hidden(code, activations.SliceColumns(activations.Columns - _decoder.HiddenWidth, _decoder.HiddenWidth))
            : _decoder.Features(code);
        return _options.ReadResidual ? ConcatenateColumns(activations, rows - _options.ReconstructionLoss.RowsOf(_decoder.Output(last))) : activations;
    }

    private Tensor Decode(Tensor codes) => _options.ReconstructionLoss.RowsOf(_decoder.Forward(codes));

    // A decoded row lacks the residual that each real row has, and would be told by that alone: it gets the one of a normal row.
    private Tensor Realistic(TrainingStep step, Tensor decoded)
    {
        if (!_options.ReadResidual)
            return decoded;
        Tensor x = step.OtherBatch();
        return decoded + (x - Decode(_encoder.Forward(x)));
    }

    /// <summary>The activations of a code: the decoder's directly; others by way of the row that the code decodes to.</summary>
    private Tensor ActivationsOfCode(Tensor codes) => _options.ActivationSource == Da3dActivationSource.Decoder && !_options.ReadResidual
        ? DecoderActivations(codes)
        : ActivationsOfRows(Decode(codes));
}
