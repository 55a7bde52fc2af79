using Microsoft.ML.Adversarial;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Adversarial.Benchmarks;

/// <summary>ALAD: an encoder and a generator against discriminators of pairs, with the authors' networks for KDD99.</summary>
internal sealed class AladProgram : TorchProgram
{
    private const int Latent = 32;
    private const double LeakySlope = 0.2;
    private const double PairDropout = 0.2;
    private const double LearningRate = 1e-5;
    private const double AverageDecay = 0.999;

    private readonly Sequential _encoder;
    private readonly Sequential _generator;
    private readonly JointDiscriminator _joint;
    private readonly Sequential _features;
    private readonly Sequential _codes;
    private readonly optim.Optimizer _discriminatorAdam;
    private readonly optim.Optimizer _generatorAdam;
    private readonly Average[] _averages;

    public AladProgram(SpeedTraining start, TorchDeviceKind kind)
        : base(start, kind)
    {
        _encoder = Load(Mlp([Columns, 64, Latent], () => LeakyReLU(LeakySlope)), "encoder");
        _generator = Load(Mlp([Latent, 64, 128, Columns], () => ReLU()), "generator");
        _joint = Load(new JointDiscriminator(Columns), "joint discriminator");
        _features = Load(Mlp([2 * Columns, 128, 1], () => LeakyReLU(LeakySlope), PairDropout), "feature discriminator");
        _codes = Load(Mlp([2 * Latent, 32, 1], () => LeakyReLU(LeakySlope), PairDropout), "latent discriminator");
        _discriminatorAdam = Adam(_joint, _features, _codes);
        _generatorAdam = Adam(_encoder, _generator);
        _averages = [new(_encoder), new(_generator), new(_features)];
    }

    private static optim.Optimizer Adam(params Module[] networks) =>
        optim.Adam(networks.SelectMany(network => network.parameters()), LearningRate, beta1: 0.5);

    protected override void Step()
    {
        StepDiscriminators(NextBatch(), Noise(BatchSize, Latent));
        StepGenerators(NextBatch(), Noise(BatchSize, Latent));
        foreach (Average average in _averages)
            average.Update();
    }

    private void StepDiscriminators(Tensor x, Tensor z)
    {
        Train(true, _joint, _features, _codes);
        Tensor code, generated, again, codeAgain;
        using (no_grad())
        {
            code = _encoder.forward(x);
            generated = _generator.forward(z);
            again = _generator.forward(code);
            codeAgain = _encoder.forward(generated);
        }

        Tensor joint = BinaryCrossEntropy(_joint.forward(x, code), 1) + BinaryCrossEntropy(_joint.forward(generated, z), 0);
        Minimize(_discriminatorAdam, joint + JudgePairs(_features, x, again) + JudgePairs(_codes, z, codeAgain), "discriminators");
    }

    private Tensor JudgePairs(Sequential discriminator, Tensor a, Tensor b)
    {
        Tensor logits = discriminator.forward(cat([cat([a, a], 1), cat([a, b], 1)]));
        return BinaryCrossEntropy(logits.narrow(0, 0, BatchSize), 1) + BinaryCrossEntropy(logits.narrow(0, BatchSize, BatchSize), 0);
    }

    private void StepGenerators(Tensor x, Tensor z)
    {
        Train(false, _joint, _features, _codes);
        Tensor code = _encoder.forward(x), generated = _generator.forward(z);
        Minimize(_generatorAdam, BinaryCrossEntropy(_joint.forward(generated, z), 1) + BinaryCrossEntropy(_joint.forward(x, code), 0)
            + BinaryCrossEntropy(_features.forward(cat([x, _generator.forward(code)], 1)), 1)
            + BinaryCrossEntropy(_codes.forward(cat([z, _encoder.forward(generated)], 1)), 1), "encoder and generator");
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (IDisposable part in (IDisposable[])[_encoder, _generator, _joint, _features, _codes, _discriminatorAdam, _generatorAdam, .. _averages])
            part.Dispose();
    }

    /// <summary>The logit that a row and a code belong together.</summary>
    private sealed class JointDiscriminator : Module<Tensor, Tensor, Tensor>
    {
        private readonly Linear _rows;
        private readonly BatchNorm1d _norm = BatchNorm1d(128, eps: 1e-3, momentum: 0.01);
        private readonly Linear _codes = Linear(Latent, 128);
        private readonly Linear _hidden = Linear(256, 128);
        private readonly Linear _logit = Linear(128, 1);
        private readonly LeakyReLU _activation = LeakyReLU(LeakySlope);
        private readonly Dropout _dropout = Dropout(0.5);

        public JointDiscriminator(int columns)
            : base(nameof(JointDiscriminator))
        {
            _rows = Linear(columns, 128, hasBias: false);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x, Tensor z)
        {
            Tensor rows = _activation.forward(_norm.forward(_rows.forward(x)));
            Tensor codes = _dropout.forward(_activation.forward(_codes.forward(z)));
            return _logit.forward(_dropout.forward(_activation.forward(_hidden.forward(cat([rows, codes], 1)))));
        }
    }

    /// <summary>The exponential average of a network's parameters.</summary>
    private sealed class Average(Module network) : IDisposable
    {
        private readonly Parameter[] _live = [.. network.parameters()];
        private readonly Tensor[] _kept = [.. network.parameters().Select(parameter => parameter.detach().clone().DetachFromDisposeScope())];

        public void Update()
        {
            using IDisposable _ = no_grad();
            foreach ((Tensor kept, Parameter live) in _kept.Zip(_live))
                kept.mul_(AverageDecay).add_(live, alpha: 1 - AverageDecay);
        }

        public void Dispose()
        {
            foreach (Tensor kept in _kept)
                kept.Dispose();
        }
    }
}
