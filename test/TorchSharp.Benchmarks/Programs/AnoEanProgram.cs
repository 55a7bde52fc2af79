using Microsoft.ML.Adversarial;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Adversarial.Benchmarks;

/// <summary>AnoEAN: an encoder and a discriminator of codes.</summary>
internal sealed class AnoEanProgram : TorchProgram
{
    private const int Latent = 8;
    private const double LeakySlope = 0.2;

    private readonly Tensor _anomalies;
    private readonly Sequential _encoder;
    private readonly Sequential _discriminator;
    private readonly optim.Optimizer _encoderAdam;
    private readonly optim.Optimizer _discriminatorAdam;

    public AnoEanProgram(SpeedTraining start, TorchDeviceKind kind)
        : base(start, kind)
    {
        _anomalies = ToTensor(start.AnomalousRows);
        _encoder = Load(Mlp([Columns, 128, 64, 32, Latent], () => LeakyReLU(LeakySlope)), "encoder");
        _discriminator = Load(Mlp([Latent, 32, 16, 1], () => LeakyReLU(LeakySlope)), "discriminator");
        _encoderAdam = optim.Adam(_encoder.parameters(), 3e-4, beta1: 0.5);
        _discriminatorAdam = optim.Adam(_discriminator.parameters(), 3e-4, beta1: 0.5);
    }

    protected override void Step()
    {
        int normal = BatchSize, anomalous = (int)Math.Round(normal / 9.0), all = normal + anomalous;
        Tensor codes = _encoder.forward(cat([NextBatch(), Draw(_anomalies, anomalous)]));
        Train(true, _discriminator);
        Tensor logits = _discriminator.forward(cat([Noise(all, Latent), codes.detach()]));
        Minimize(_discriminatorAdam, BinaryCrossEntropy(logits.narrow(0, 0, all), 1) + BinaryCrossEntropy(logits.narrow(0, all, normal), 0)
            + BinaryCrossEntropy(logits.narrow(0, all + normal, anomalous), 0), "discriminator");

        Train(false, _discriminator);
        Tensor judged = _discriminator.forward(codes);
        Minimize(_encoderAdam, BinaryCrossEntropy(judged.narrow(0, 0, normal), 1) + BinaryCrossEntropy(judged.narrow(0, normal, anomalous), 0), "encoder");
    }

    public override void Dispose()
    {
        base.Dispose();
        _anomalies.Dispose();
        _encoder.Dispose();
        _discriminator.Dispose();
        _encoderAdam.Dispose();
        _discriminatorAdam.Dispose();
    }
}
