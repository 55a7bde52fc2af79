using Microsoft.ML.Adversarial;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Adversarial.Benchmarks;

/// <summary>DA3D's second phase: an alarm that sees the activations of a fixed decoder, a generator of codes and its critic.</summary>
internal sealed class Da3dProgram : TorchProgram
{
    private const int Latent = 10;
    private const int NoiseWidth = 8;
    private const double LeakySlope = 0.01;
    private const double DropoutRate = 0.1;
    private const double GreatestNorm = 0.01;

    private readonly Sequential _encoder;
    private readonly Sequential _decoder;
    private readonly Sequential _alarm;
    private readonly Sequential _generator;
    private readonly Sequential _critic;
    private readonly Module<Tensor, Tensor>[] _decoderLayers;
    private readonly optim.Optimizer _alarmAdam;
    private readonly optim.Optimizer _generatorAdam;
    private readonly optim.Optimizer _criticAdam;

    public Da3dProgram(SpeedTraining start, TorchDeviceKind kind)
        : base(start, kind)
    {
        _encoder = Make("encoder", Columns, 150, 100, 70, 40, 25, Latent);
        _decoder = Make("decoder", Latent, 25, 40, 70, 100, 150, Columns);
        _alarm = Make("alarm", 385, 1000, 500, 200, 75, 1);
        _generator = Make("generator", NoiseWidth, 50, 40, 30, 20, Latent);
        _critic = Make("critic", Latent, 40, 20, 10, 5, 1);
        _encoder.eval();
        _decoder.eval();
        Train(false, _encoder, _decoder);
        _decoderLayers = [.. _decoder.children().Cast<Module<Tensor, Tensor>>()];
        _alarmAdam = Adam(_alarm);
        _generatorAdam = Adam(_generator);
        _criticAdam = Adam(_critic);
    }

    private Sequential Make(string name, params int[] widths) => Load(Mlp(widths, () => LeakyReLU(LeakySlope), DropoutRate), name);

    private static optim.Optimizer Adam(Sequential network) => optim.Adam(network.parameters(), 1e-4, eps: 1e-7);

    protected override void Step()
    {
        Tensor x = NextBatch();
        Tensor codes = StepAlarm(x);
        StepGenerator();
        StepCritic(codes.narrow(0, 0, BatchSize));
    }

    // The codes of rows and of noise.
    private Tensor StepAlarm(Tensor x)
    {
        Tensor codes, inputs;
        using (no_grad())
        {
            codes = _encoder.forward(cat([x, 0.5 + randn_like(x)]));
            inputs = Activations(cat([codes, Generated()]));
        }

        Train(true, _alarm);
        _alarm.train();
        Tensor logits = _alarm.forward(inputs);
        Minimize(_alarmAdam, BinaryCrossEntropy(logits.narrow(0, 0, BatchSize), 0) + BinaryCrossEntropy(logits.narrow(0, BatchSize, BatchSize), 1)
            + BinaryCrossEntropy(logits.narrow(0, 2 * BatchSize, BatchSize), 1), "alarm");
        return codes;
    }

    private void StepGenerator()
    {
        Train(false, _alarm, _critic);
        _alarm.eval();
        _critic.eval();
        Tensor alarmed = sigmoid(_alarm.forward(Activations(_generator.forward(Noise(BatchSize, NoiseWidth)))));
        Tensor judged = sigmoid(_critic.forward(_generator.forward(Noise(BatchSize, NoiseWidth))));
        Minimize(_generatorAdam, alarmed.mean() + judged.mean(), "generator", _generator, GreatestNorm);
    }

    private void StepCritic(Tensor ofRows)
    {
        Train(true, _critic);
        _critic.train();
        Tensor codes;
        using (no_grad())
            codes = cat([2 * Noise(BatchSize, Latent), Generated(), ofRows]);
        Tensor judged = sigmoid(_critic.forward(codes));
        Tensor loss = judged.narrow(0, 0, BatchSize).mean() - 2 * judged.narrow(0, BatchSize, BatchSize).mean() - 2 * judged.narrow(0, 2 * BatchSize, BatchSize).mean();
        Minimize(_criticAdam, loss, "critic", _critic, GreatestNorm);
    }

    private Tensor Generated()
    {
        _generator.eval();
        Tensor codes = _generator.forward(Noise(BatchSize, NoiseWidth));
        _generator.train();
        return codes;
    }

    // Of the decoder's hidden layers, side by side.
    private Tensor Activations(Tensor code)
    {
        var hidden = new List<Tensor>();
        foreach (Module<Tensor, Tensor> layer in _decoderLayers.SkipLast(1))
        {
            code = layer.forward(code);
            if (layer is LeakyReLU)
                hidden.Add(code);
        }

        return cat(hidden, 1);
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (IDisposable part in (IDisposable[])[_encoder, _decoder, _alarm, _generator, _critic, _alarmAdam, _generatorAdam, _criticAdam])
            part.Dispose();
    }
}
