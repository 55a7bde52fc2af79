using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// A variational autoencoder (Kingma and Welling 2014) that scores by the reconstruction probability (An and Cho 2015): an encoder gives a
/// normal law of codes for each row, a decoder a normal law of rows for each code. The score is minus the logarithm of a row's density under
/// the law that its own code decodes to.
/// </summary>
/// <remarks>It fails where the codes carry nothing (posterior collapse), and where one feature of little variance outweighs all others.</remarks>
public sealed class VaeDetector : NetworkDetector
{
    // Variances of features lie in [exp(-6), exp(3)]: a constant feature would have none at all, and outweigh the others without end.
    private const float MiddleOfVariance = -1.5f;
    private const float ReachOfVariance = 4.5f;

    // The logarithm of a code's variance may lie this far from 0.
    private const float ReachOfCode = 10;

    // A number by itself moves by no more than the learning rate in a step of Adam; the outputs of a layer move faster.
    private const float PaceOfFeature = 5;

    private const ulong DrawsPurpose = 1UL << 62;

    private static readonly double _logOfCircle = Math.Log(2 * Math.PI);

    private readonly VaeOptions _options;
    private readonly VaeSizes _sizes;
    private RowNetwork _encoder = null!;
    private RowNetwork _decoder = null!;
    private ColumnParameters? _variances;
    private Adam _adam = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "VAE",
            Paper = "Variational Autoencoder based Anomaly Detection using Reconstruction Probability",
            Year = 2015,
            Reference = "SNU 2015",
            Task = "One-class anomaly detection in tables",
            Labels = LabelUse.None,
            Scaling = "Standardised features, which the default InputScaling gives",
            Complexity = "A step costs 3 times, a score once the weights of encoder and decoder for each row and member; draws cost a decoder each",
            KnownFailure = "Codes that carry nothing, on tables of noise: rows are then scored by their distance from the mean alone",
            Readme = "src/Adversarial.Detectors/Methods/Vae/README.md",
        },
        (options, columns) => new VaeDetector(options, columns),
        VaeOptionsJson.Default.VaeOptions,
        ("Variances of rows", () => new VaeOptions { Variance = VaeVariance.Row }),
        ("Draws", () => new VaeOptions { NumberOfSamples = 8 }));

    internal VaeDetector(VaeOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = VaeSizes.Of(options, columns);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => _variances is null ? [_encoder, _decoder] : [_encoder, _decoder, _variances];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        Activation leaky = Activation.LeakyRelu(_options.LeakyReluSlope);
        bool ofRows = _options.Variance == VaeVariance.Row;
        if (StridedNetworks.Of(_options.ImageShape, _options.EncoderLayerSizes) is { } images)
        {
            _encoder = images.Encoder(device, "encoder", 2 * _sizes.Latent, leaky);
            _decoder = images.Decoder(device, "decoder", _sizes.Latent, leaky);
        }
        else
        {
            _encoder = new Mlp(device, "encoder", Columns, _sizes.Encoder, 2 * _sizes.Latent, leaky, Activation.Identity);
            _decoder = new Mlp(device, "decoder", _sizes.Latent, _sizes.Decoder, ofRows ? 2 * Columns : Columns, leaky, Activation.Identity);
        }

        _variances = ofRows ? null : new ColumnParameters(device, "variances", Columns);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        _adam = new Adam(new AdamSettings(_options.LearningRate, Epsilon: 1e-8f), [.. Networks]);
        double budget = WorkBudget.Of(rows, Columns) / _options.EnsembleSize;

        // Multiply-adds of a step: forward is one pass, backward two.
        double workOfStep = 3.0 * batchSize * (WorkBudget.OfRow(_encoder) + WorkBudget.OfRow(_decoder));
        return [new TrainingPhase("autoencoder", _options.NumberOfEpochs ?? VaeSizes.Epochs(rows, batchSize, budget, workOfStep), Step, _adam)];
    }

    /// <summary>One update: the bound on the likelihood (Kingma and Welling, eq. 10), a sum over features and codes and a mean over rows.</summary>
    private void Step(TrainingStep step)
    {
        step.FallByLine(_adam, _options.LearningRate, _options.FinalLearningRateShare);
        Tensor x = step.Features;
        int latent = _sizes.Latent;
        (Tensor mean, Tensor logVariance) = Encode(x);
        Tensor z = mean + Deviation(logVariance) * step.Normal(step.Rows, latent);
        (Tensor xHat, Tensor spread) = Decode(z);

        Tensor reconstruction = Affine(MeanSquare(Weighted(x - xHat, spread)) + Mean(spread), Columns / 2f, (float)(Columns * _logOfCircle / 2));
        Tensor divergence = Affine(MeanSquare(mean) + MeanExpMinusIdentity(logVariance), latent / 2f, -latent / 2f);
        step.Report(reconstruction, "reconstruction");
        step.Report(divergence, "divergence");
        double risen = _options.WarmUpShare > 0 ? Math.Min(1, step.Progress / _options.WarmUpShare) : 1;
        step.Minimize(_adam, reconstruction + (float)(_options.Beta * risen) * divergence, "bound");
    }

    /// <summary>Mean and logarithm of the variance of each row's code.</summary>
    private (Tensor Mean, Tensor LogVariance) Encode(Tensor x)
    {
        Tensor code = _encoder.Forward(x);
        return (code.SliceColumns(0, _sizes.Latent), Within(code.SliceColumns(_sizes.Latent, _sizes.Latent), 0, ReachOfCode, pace: 1));
    }

    /// <summary>Mean and logarithm of the variance of each feature of the rows that codes stand for.</summary>
    private (Tensor Mean, Tensor LogVariance) Decode(Tensor z)
    {
        Tensor outputs = _decoder.Forward(z);
        return _variances is null
            ? (outputs.SliceColumns(0, Columns), Within(outputs.SliceColumns(Columns, Columns), MiddleOfVariance, ReachOfVariance, pace: 1))
            : (outputs, Within(_variances.Forward(z.Tape, z.Rows), MiddleOfVariance, ReachOfVariance, PaceOfFeature));
    }

    // A bound that can be left again: a clamped value has no gradient.
    private static Tensor Within(Tensor x, float middle, float reach, float pace) => Affine(Tanh(Affine(x, pace / reach, 0)), reach, middle);

    private static Tensor Deviation(Tensor logVariance) => Exp(Affine(logVariance, 0.5f, 0));

    private static Tensor Weighted(Tensor residual, Tensor logVariance) => residual * Exp(Affine(logVariance, -0.5f, 0));

    internal override Func<Tensor, Tensor> Reconstruction => features => Decode(Encode(features).Mean).Mean;

    /// <summary>Minus the mean log-likelihood of a row under the laws that its code, or draws of it, decode to (An and Cho, algorithm 4).</summary>
    protected internal override Tensor Score(Tensor features)
    {
        (Tensor mean, Tensor logVariance) = Encode(features);
        if (_options.NumberOfSamples == 0)
            return MinusLogLikelihood(features, mean);
        Tensor deviation = Deviation(logVariance);
        Tensor? sum = null;
        for (int l = 0; l < _options.NumberOfSamples; l++)
        {
            Tensor draw = features.Tape.Normal(1, _sizes.Latent, new RandomStream(0, DrawsPurpose, (ulong)l));
            Tensor score = MinusLogLikelihood(features, mean + deviation * TensorRows.Repeat(features.Tape, draw.Value, features.Rows));
            sum = sum is { } before ? before + score : score;
        }

        return Affine(sum!.Value, 1f / _options.NumberOfSamples, 0);
    }

    private Tensor MinusLogLikelihood(Tensor features, Tensor z)
    {
        (Tensor xHat, Tensor spread) = Decode(z);
        Tensor length = Weighted(features - xHat, spread);
        return Affine(TensorRows.Sum(length * length + spread), 0.5f, (float)(Columns * _logOfCircle / 2));
    }
}
