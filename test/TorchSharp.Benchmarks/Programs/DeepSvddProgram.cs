using Microsoft.ML.Adversarial;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Adversarial.Benchmarks;

/// <summary>Deep SVDD: an encoder without biases, batch normalisation, codes near a centre.</summary>
internal sealed class DeepSvddProgram : TorchProgram
{
    private const int Latent = 32;
    private const double LeakySlope = 0.01;
    private const double Epsilon = 1e-4;
    private const double LearningRate = 1e-3;
    private const double FineTuningRate = 1e-4;
    private const double SearchShare = 1.0 / 3;
    private const double WeightDecay = 1e-6;
    private const float LeastCoordinate = 0.1f;

    private readonly Sequential _encoder;
    private readonly Tensor _center;
    private readonly optim.Optimizer _adam;

    public DeepSvddProgram(SpeedTraining start, TorchDeviceKind kind)
        : base(start, kind)
    {
        _encoder = Load(Sequential(
            Linear(Columns, 128, hasBias: false), BatchNorm1d(128, Epsilon, affine: false), LeakyReLU(LeakySlope),
            Linear(128, 64, hasBias: false), BatchNorm1d(64, Epsilon, affine: false), LeakyReLU(LeakySlope),
            Linear(64, Latent, hasBias: false)), "encoder");
        _center = MeanCode();
        _adam = optim.Adam(_encoder.parameters(), LearningRate, weight_decay: WeightDecay);
    }

    // No coordinate of the centre is close to 0.
    private Tensor MeanCode()
    {
        using IDisposable _ = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _encoder.eval();
        Tensor mean = _encoder.forward(Rows).mean([0]);
        _encoder.train();
        Tensor least = full_like(mean, LeastCoordinate);
        return where(mean.abs().lt(least), where(mean.lt(zeros_like(mean)), least.neg(), least), mean).DetachFromDisposeScope();
    }

    protected override void Step()
    {
        foreach (optim.ILearningRateController group in _adam.ParamGroups)
            group.LearningRate = Progress < SearchShare ? LearningRate : FineTuningRate;
        Minimize(_adam, (_encoder.forward(NextBatch()) - _center).pow(2).sum(1).mean(), "distance");
    }

    public override void Dispose()
    {
        base.Dispose();
        _center.Dispose();
        _encoder.Dispose();
        _adam.Dispose();
    }
}
