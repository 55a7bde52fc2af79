using Microsoft.ML.Adversarial;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Adversarial.Benchmarks;

/// <summary>ARN-N: a variational autoencoder against a discriminator of rows, labels smoothed and flipped less and less.</summary>
internal sealed class ArnProgram : TorchProgram
{
    private const int Latent = 16;
    private const double LeakySlope = 0.2;
    private const double DropoutRate = 0.2;
    private const double Annealing = 0.9995;
    private const double FirstLabelNoise = 0.3;
    private const double AdversarialWeight = 0.01;

    private readonly Sequential _encoder;
    private readonly Sequential _decoder;
    private readonly Sequential _discriminator;
    private readonly optim.Optimizer _generatorAdam;
    private readonly optim.Optimizer _discriminatorAdam;
    private int _index;

    public ArnProgram(SpeedTraining start, TorchDeviceKind kind)
        : base(start, kind)
    {
        _encoder = Load(Sequential(
            Linear(Columns, 64, hasBias: false), BatchNorm1d(64), LeakyReLU(LeakySlope), Linear(64, 32, hasBias: false), BatchNorm1d(32), LeakyReLU(LeakySlope),
            Linear(32, 32), Linear(32, 2 * Latent)), "encoder");
        _decoder = Load(Sequential(
            Linear(Latent, 32), ReLU(), Linear(32, 32), Linear(32, 64, hasBias: false), BatchNorm1d(64), ReLU(), Dropout(DropoutRate), Linear(64, Columns)), "decoder");
        _discriminator = Load(Discriminator(), "discriminator");
        _generatorAdam = optim.Adam(_encoder.parameters().Concat(_decoder.parameters()), 1e-4);
        _discriminatorAdam = optim.Adam(_discriminator.parameters(), 1e-4);
    }

    private Sequential Discriminator()
    {
        int[] widths = [Columns, 128, 256, 512, 128, 64, 32, 16];
        var layers = new List<Module<Tensor, Tensor>>();
        for (int i = 0; i + 1 < widths.Length; i++)
        {
            layers.Add(Linear(widths[i], widths[i + 1], hasBias: i >= 5));
            if (i < 5)
                layers.Add(BatchNorm1d(widths[i + 1]));
            layers.Add(i < 3 ? LeakyReLU(LeakySlope) : ReLU());
            if (i >= 4)
                layers.Add(Dropout(DropoutRate));
        }

        return Sequential([.. layers, Linear(widths[^1], 1)]);
    }

    protected override void Step()
    {
        Tensor x = NextBatch();
        double annealing = Math.Pow(Annealing, ++_index), labelNoise = FirstLabelNoise * annealing;
        Train(true, _discriminator);
        Tensor generated;
        using (no_grad())
            generated = Reconstruct(x).Rows;
        Minimize(_discriminatorAdam, functional.binary_cross_entropy_with_logits(_discriminator.forward(x), Labels(true, labelNoise))
            + functional.binary_cross_entropy_with_logits(_discriminator.forward(generated), Labels(false, labelNoise)), "discriminator");

        Train(false, _discriminator);
        (generated, Tensor mean, Tensor logVariance) = Reconstruct(x);
        Tensor divergence = 0.5 * (mean.pow(2) + logVariance.exp() - logVariance - 1).mean();
        Minimize(_generatorAdam, AdversarialWeight * BinaryCrossEntropy(_discriminator.forward(generated), 1) + functional.mse_loss(generated, x) + annealing * divergence,
            "generator");
    }

    private (Tensor Rows, Tensor Mean, Tensor LogVariance) Reconstruct(Tensor x)
    {
        Tensor[] moments = _encoder.forward(x).chunk(2, 1);
        Tensor code = moments[0] + exp(0.5 * moments[1]) * randn_like(moments[0]);
        return (sigmoid(_decoder.forward(code)), moments[0], moments[1]);
    }

    private Tensor Labels(bool real, double noise)
    {
        Tensor drawn = noise * Uniform(BatchSize);
        if (real)
            drawn = 1 - drawn;
        return where(Uniform(BatchSize) < noise, 1 - drawn, drawn);
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (IDisposable part in (IDisposable[])[_encoder, _decoder, _discriminator, _generatorAdam, _discriminatorAdam])
            part.Dispose();
    }
}
