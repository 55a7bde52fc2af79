using System.Diagnostics;
using Adversarial.Detectors;
using Microsoft.ML.Adversarial;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Adversarial.Benchmarks;

/// <summary>A method's step as one writes it with TorchSharp's modules, losses and optimisers, without this library.</summary>
internal abstract class TorchProgram : IDisposable
{
    private readonly Device _device;
    private readonly Tensor _rows;
    private readonly Random _random = new(1);

    protected TorchProgram(FeatureMatrix rows, TorchDeviceKind kind)
    {
        _device = kind == TorchDeviceKind.Cpu ? CPU : torch.device(DeviceType.CUDA);
        _rows = ToTensor(rows);
    }

    /// <summary>The program of a case, or null where none is written.</summary>
    public static TorchProgram? Of(SpeedCase speedCase, FeatureMatrix rows, FeatureMatrix anomalies, TorchDeviceKind kind) => speedCase.Method switch
    {
        "AnoEAN" => new AnoEanProgram(rows, anomalies, kind),
        "Deep SVDD" => new SphereProgram(rows, kind),
        _ => null,
    };

    /// <summary>Seconds a step.</summary>
    public double Run(int steps)
    {
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            Step();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / steps;
    }

    /// <summary>One batch; what it allocates is given back behind it.</summary>
    protected abstract void Step();

    protected Tensor ToTensor(FeatureMatrix rows) =>
        tensor(Enumerable.Range(0, rows.Rows).SelectMany(r => rows[r].ToArray()).ToArray(), [rows.Rows, rows.Columns], device: _device).DetachFromDisposeScope();

    protected Tensor Batch(int count) => Draw(_rows, count);

    protected Tensor Draw(Tensor rows, int count) =>
        rows.index_select(0, tensor(Enumerable.Range(0, count).Select(_ => (long)_random.Next((int)rows.shape[0])).ToArray(), device: _device));

    protected Tensor Noise(int rows, int columns) => randn(rows, columns, device: _device);

    protected Sequential OnDevice(params (string, Module<Tensor, Tensor>)[] layers) => Sequential(layers).to(_device);

    public virtual void Dispose() => _rows.Dispose();

    /// <summary>AnoEAN: an encoder and a discriminator of codes (as <see cref="SpeedCase"/> has them, 180 normal rows and 20 anomalies).</summary>
    private sealed class AnoEanProgram : TorchProgram
    {
        private const int Normal = 180;
        private const int Anomalous = 20;
        private const int Latent = 8;
        private const double LeakySlope = 0.2;

        private readonly Tensor _anomalies;
        private readonly Sequential _encoder;
        private readonly Sequential _discriminator;
        private readonly optim.Optimizer _encoderAdam;
        private readonly optim.Optimizer _discriminatorAdam;

        public AnoEanProgram(FeatureMatrix rows, FeatureMatrix anomalies, TorchDeviceKind kind)
            : base(rows, kind)
        {
            _anomalies = ToTensor(anomalies);
            _encoder = OnDevice(("1", Linear(rows.Columns, 128)), ("a", LeakyReLU(LeakySlope)), ("2", Linear(128, 64)), ("b", LeakyReLU(LeakySlope)),
                ("3", Linear(64, 32)), ("c", LeakyReLU(LeakySlope)), ("4", Linear(32, Latent)));
            _discriminator = OnDevice(("1", Linear(Latent, 32)), ("a", LeakyReLU(LeakySlope)), ("2", Linear(32, 16)), ("b", LeakyReLU(LeakySlope)), ("3", Linear(16, 1)));
            _encoderAdam = optim.Adam(_encoder.parameters(), lr: 1e-4);
            _discriminatorAdam = optim.Adam(_discriminator.parameters(), lr: 1e-4);
        }

        protected override void Step()
        {
            Tensor codes = _encoder.forward(cat([Batch(Normal), Draw(_anomalies, Anomalous)]));
            Tensor judged = _discriminator.forward(cat([Noise(Normal + Anomalous, Latent), codes.detach()]));
            _discriminatorAdam.zero_grad();
            (Loss(judged.narrow(0, 0, Normal + Anomalous), 1) + Loss(judged.narrow(0, Normal + Anomalous, Normal), 0)
                + Loss(judged.narrow(0, 2 * Normal + Anomalous, Anomalous), 0)).backward();
            _discriminatorAdam.step();

            Tensor ofCodes = _discriminator.forward(codes);
            _encoderAdam.zero_grad();
            (Loss(ofCodes.narrow(0, 0, Normal), 1) + Loss(ofCodes.narrow(0, Normal, Anomalous), 0)).backward();
            _encoderAdam.step();
        }

        private static Tensor Loss(Tensor logits, float target) =>
            functional.binary_cross_entropy_with_logits(logits, full_like(logits, target));

        public override void Dispose()
        {
            base.Dispose();
            _anomalies.Dispose();
            _encoder.Dispose();
            _discriminator.Dispose();
        }
    }

    /// <summary>Deep SVDD: an encoder without biases, batch normalisation, codes near a centre.</summary>
    private sealed class SphereProgram : TorchProgram
    {
        private const int Rows = 200;
        private const int Latent = 32;
        private const double LeakySlope = 0.01;
        private const double WeightDecay = 1e-6;

        private readonly Sequential _encoder;
        private readonly Tensor _center;
        private readonly optim.Optimizer _adam;

        public SphereProgram(FeatureMatrix rows, TorchDeviceKind kind)
            : base(rows, kind)
        {
            _encoder = OnDevice(("1", Linear(rows.Columns, 128, hasBias: false)), ("n", BatchNorm1d(128, eps: 1e-4, affine: false)), ("a", LeakyReLU(LeakySlope)),
                ("2", Linear(128, 64, hasBias: false)), ("m", BatchNorm1d(64, eps: 1e-4, affine: false)), ("b", LeakyReLU(LeakySlope)), ("3", Linear(64, Latent, hasBias: false)));
            using DisposeScope scope = NewDisposeScope();
            _center = _encoder.forward(Batch(Rows)).mean([0]).detach().DetachFromDisposeScope();
            _adam = optim.Adam(_encoder.parameters(), lr: 1e-3, weight_decay: WeightDecay);
        }

        protected override void Step()
        {
            _adam.zero_grad();
            (_encoder.forward(Batch(Rows)) - _center).pow(2).sum(1).mean().backward();
            _adam.step();
        }

        public override void Dispose()
        {
            base.Dispose();
            _center.Dispose();
            _encoder.Dispose();
        }
    }
}
