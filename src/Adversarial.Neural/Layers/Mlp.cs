using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>A multi-layer perceptron: hidden layers with one activation and dropout, a linear output layer with its own activation.</summary>
public sealed class Mlp : Network
{
    private readonly Linear[] _layers;
    private readonly Activation _hiddenActivation;
    private readonly Activation _outputActivation;
    private readonly float _dropout;

    /// <summary>Makes the layers inputs -> hidden[0] -> ... -> outputs; weights are zero until <see cref="Initialize"/>.</summary>
    public Mlp(IDevice device, string name, int inputs, ReadOnlySpan<int> hidden, int outputs,
        Activation hiddenActivation, Activation outputActivation, float dropout = 0)
        : base(device, name)
    {
        _hiddenActivation = hiddenActivation;
        _outputActivation = outputActivation;
        _dropout = dropout;
        _layers = new Linear[hidden.Length + 1];
        int width = inputs;
        for (int i = 0; i < hidden.Length; i++)
        {
            _layers[i] = new Linear(Parameters, width, hidden[i]);
            HiddenWidth += hidden[i];
            width = hidden[i];
        }

        _layers[^1] = new Linear(Parameters, width, outputs);
        Complete();
    }

    /// <summary>Number of columns it takes.</summary>
    public int Inputs => _layers[0].Inputs;

    /// <summary>Number of columns it gives.</summary>
    public int Outputs => _layers[^1].Outputs;

    /// <summary>Sum of the widths of all hidden layers.</summary>
    public int HiddenWidth { get; }

    /// <summary>The layers from input to output.</summary>
    public IReadOnlyList<Linear> Layers => _layers;

    /// <inheritdoc/>
    public override void Initialize(NoiseSource noise)
    {
        foreach (Linear layer in _layers)
            layer.Initialize(noise.Next());
    }

    /// <summary>The output [rows, outputs]. <paramref name="noise"/> turns dropout on; <paramref name="into"/> is where the output goes.</summary>
    public Tensor Forward(Tensor x, NoiseSource? noise = null, Tensor? into = null)
    {
        Tensor h = x;
        for (int i = 0; i < _layers.Length - 1; i++)
            h = _layers[i].Forward(h, _hiddenActivation, _dropout, noise);
        return _layers[^1].Forward(h, _outputActivation, into: into);
    }

    /// <summary>
    /// All hidden activations side by side into <paramref name="into"/> [rows, <see cref="HiddenWidth"/>]; the last of them is returned
    /// and <see cref="Output"/> carries on from there.
    /// </summary>
    public Tensor Hidden(Tensor x, Tensor into, NoiseSource? noise = null)
    {
        Tensor h = x;
        int at = 0;
        for (int i = 0; i < _layers.Length - 1; i++)
        {
            int width = _layers[i].Outputs;
            h = _layers[i].Forward(h, _hiddenActivation, _dropout, noise, into.SliceColumns(at, width));
            at += width;
        }

        return h;
    }

    /// <summary>The output layer on the last hidden activation.</summary>
    public Tensor Output(Tensor lastHidden, Tensor? into = null) => _layers[^1].Forward(lastHidden, _outputActivation, into: into);
}
