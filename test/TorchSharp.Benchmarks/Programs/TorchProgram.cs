using System.Diagnostics;
using Adversarial.Detectors;
using Microsoft.ML.Adversarial;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Adversarial.Benchmarks;

/// <summary>A method's step as one writes it with TorchSharp's modules, losses and optimisers, without this library; the same work as <c>eng/bench/rival.py</c>'s.</summary>
/// <remarks>
/// Such programs use operations whose numbers nothing holds (<c>TorchArithmetic</c>), TorchSharp's own Adam among them. A collection that this thread starts finds
/// none of them in use; so no other thread works beside, the collector's included.
/// </remarks>
internal abstract class TorchProgram : IDisposable
{
    private readonly SpeedTraining _start;
    private readonly Device _device;
    private readonly Dictionary<string, double> _losses = [];
    private Tensor? _order;
    private long _next;

    protected TorchProgram(SpeedTraining start, TorchDeviceKind kind)
    {
        _start = start;
        _device = kind == TorchDeviceKind.Cpu ? CPU : torch.device(DeviceType.CUDA);
        Rows = ToTensor(start.Rows);
    }

    /// <summary>The program of a case, which starts from the weights that <paramref name="start"/> has now.</summary>
    public static TorchProgram Of(SpeedCase speedCase, SpeedTraining start, TorchDeviceKind kind) => speedCase.Method switch
    {
        "ALAD" => new AladProgram(start, kind),
        "AnoEAN" => new AnoEanProgram(start, kind),
        "ARN" => new ArnProgram(start, kind),
        "DA3D" => new Da3dProgram(start, kind),
        "Deep SVDD" => new DeepSvddProgram(start, kind),
        _ => throw new NotSupportedException($"No program is written for {speedCase.Name}."),
    };

    /// <summary>Seconds a step.</summary>
    public double Run(int steps)
    {
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < steps; step++)
        {
            // What a step allocates is given back behind it.
            using DisposeScope scope = NewDisposeScope();
            Progress = (double)step / steps;
            Step();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / steps;
    }

    /// <summary>Trains so many steps; their mean losses.</summary>
    public IReadOnlyDictionary<string, double> First(int steps)
    {
        _losses.Clear();
        Run(steps);
        return _losses.ToDictionary(loss => loss.Key, loss => loss.Value / steps);
    }

    protected Tensor Rows { get; }

    protected int Columns => (int)Rows.shape[1];

    /// <summary>Share of the steps asked for that have been done.</summary>
    protected double Progress { get; private set; }

    protected int BatchSize => _start.BatchSize;

    /// <summary>One batch.</summary>
    protected abstract void Step();

    protected Tensor ToTensor(FeatureMatrix rows) =>
        tensor(Enumerable.Range(0, rows.Rows).SelectMany(r => rows[r].ToArray()).ToArray(), [rows.Rows, rows.Columns], device: _device).DetachFromDisposeScope();

    /// <summary>The next rows of an epoch.</summary>
    protected Tensor NextBatch()
    {
        if (_order is null || _next + BatchSize > Rows.shape[0])
        {
            _order?.Dispose();
            _order = randperm(Rows.shape[0], device: _device).DetachFromDisposeScope();
            _next = 0;
        }

        Tensor batch = Rows.index_select(0, _order.narrow(0, _next, BatchSize));
        _next += BatchSize;
        return batch;
    }

    protected Tensor Draw(Tensor rows, int count) => rows.index_select(0, randint(rows.shape[0], [count], ScalarType.Int64, _device));

    protected Tensor Noise(int rows, int columns) => randn(rows, columns, device: _device);

    protected Tensor Uniform(int rows) => rand(rows, 1, device: _device);

    /// <summary>Dense layers, of which all but the last have an activation and dropout.</summary>
    protected static Sequential Mlp(int[] widths, Func<Module<Tensor, Tensor>> activation, double dropout = 0)
    {
        var layers = new List<Module<Tensor, Tensor>>();
        for (int i = 0; i + 1 < widths.Length; i++)
        {
            layers.Add(Linear(widths[i], widths[i + 1]));
            if (i + 2 == widths.Length)
                break;
            layers.Add(activation());
            if (dropout > 0)
                layers.Add(Dropout(dropout));
        }

        return Sequential(layers);
    }

    /// <summary>Moves a network to the device and gives it the engine's first weights.</summary>
    protected TModule Load<TModule>(TModule network, string name)
        where TModule : Module
    {
        network.to(_device);
        using IDisposable _ = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor values = tensor(_start.Weights(name), device: _device);
        long at = 0;
        Tensor Next(long size) => values.narrow(0, (at += size) - size, size);
        foreach (Module layer in network.children())
        {
            if (layer is Linear linear)
            {
                linear.weight.copy_(Next(linear.weight.numel()).reshape(linear.weight.shape[1], linear.weight.shape[0]).t());
                linear.bias?.copy_(Next(linear.bias.numel()));
            }
            else if (layer is BatchNorm1d { weight: { } scale, bias: { } shift })
            {
                scale.copy_(Next(scale.numel()));
                shift.copy_(Next(shift.numel()));
            }
        }

        return at == values.numel() ? network : throw new InvalidOperationException($"{name}: {at} of {values.numel()} values.");
    }

    protected static Tensor BinaryCrossEntropy(Tensor logits, float label) =>
        functional.binary_cross_entropy_with_logits(logits, full_like(logits, label));

    /// <summary>Whether the networks' parameters get gradients.</summary>
    protected static void Train(bool on, params ReadOnlySpan<Module> networks)
    {
        foreach (Module network in networks)
        {
            foreach (Parameter parameter in network.parameters())
                parameter.requires_grad = on;
        }
    }

    /// <summary>One update; the gradient's length is limited where asked for.</summary>
    protected void Minimize(optim.Optimizer optimizer, Tensor loss, string name, Module? clipped = null, double greatestNorm = 0)
    {
        optimizer.zero_grad();
        loss.backward();
        if (clipped is not null)
            torch.nn.utils.clip_grad_norm_(clipped.parameters(), greatestNorm);
        optimizer.step();
        _losses[name] = _losses.GetValueOrDefault(name) + loss.item<float>();
    }

    public virtual void Dispose()
    {
        Rows.Dispose();
        _order?.Dispose();
    }
}
