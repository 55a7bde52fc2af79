using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// A multi-layer perceptron: hidden layers and an output layer, each as its <see cref="LayerSpec"/> says. A noise source given to a pass
/// means training (dropout, statistics of the batch, power iteration), none means scoring (none of these, and nothing changes).
/// </summary>
public sealed class Mlp : RowNetwork
{
    private readonly SpecifiedLayer[] _layers;
    private readonly Linear[] _linear;

    /// <summary>Makes the layers inputs -> hidden[0] -> ... -> outputs; weights are zero until <see cref="Initialize"/>.</summary>
    public Mlp(IDevice device, string name, int inputs, ReadOnlySpan<int> hidden, int outputs,
        Activation hiddenActivation, Activation outputActivation, float dropout = 0)
        : this(device, name, inputs, Specify(hidden, outputs, hiddenActivation, outputActivation, dropout))
    {
    }

    /// <inheritdoc cref="Mlp(IDevice, string, int, ReadOnlySpan{LayerSpec}, BatchNormSettings)"/>
    public Mlp(IDevice device, string name, int inputs, ReadOnlySpan<LayerSpec> layers)
        : this(device, name, inputs, layers, new BatchNormSettings())
    {
    }

    /// <summary>Makes the layers in order, the output layer last; weights are zero until <see cref="Initialize"/>.</summary>
    /// <param name="device">Where the network lives.</param>
    /// <param name="name">The name under which a checkpoint keeps it.</param>
    /// <param name="inputs">The number of columns it takes.</param>
    /// <param name="layers">The layers, at least one.</param>
    /// <param name="batchNorm">Settings of its batch normalisations.</param>
    /// <exception cref="ArgumentException">There is no layer, or a setting is out of range.</exception>
    public Mlp(IDevice device, string name, int inputs, ReadOnlySpan<LayerSpec> layers, BatchNormSettings batchNorm)
        : base(device, name)
    {
        if (layers.IsEmpty)
            throw new ArgumentException("A network has at least an output layer.", nameof(layers));
        foreach (LayerSpec layer in layers)
        {
            if (layer.Kind != LayerKind.Dense)
                throw new ArgumentException($"Layers of a perceptron are dense, not {layer.Kind}.", nameof(layers));
        }

        _layers = new SpecifiedLayer[layers.Length];
        for (int i = 0; i < layers.Length; i++)
            _layers[i] = SpecifiedLayer.Dense(Parameters, i == 0 ? inputs : layers[i - 1].Width, layers[i], batchNorm);
        foreach (LayerSpec hidden in layers[..^1])
            HiddenWidth += hidden.Width;
        _linear = Array.ConvertAll(_layers, layer => (Linear)layer.Weights);
        Complete();
    }

    private static LayerSpec[] Specify(
        ReadOnlySpan<int> hidden, int outputs, Activation hiddenActivation, Activation outputActivation, float dropout)
    {
        var layers = new LayerSpec[hidden.Length + 1];
        for (int i = 0; i < hidden.Length; i++)
            layers[i] = new LayerSpec(hidden[i], hiddenActivation, Dropout: dropout);
        layers[^1] = new LayerSpec(outputs, outputActivation);
        return layers;
    }

    /// <summary>Number of columns it takes.</summary>
    public override int Inputs => _linear[0].Inputs;

    /// <summary>Number of columns it gives.</summary>
    public override int Outputs => _linear[^1].Outputs;

    /// <inheritdoc/>
    public override long MultiplyAdds => _linear.Sum(layer => (long)layer.Inputs * layer.Outputs);

    /// <inheritdoc/>
    public override int HiddenWidth { get; }

    /// <inheritdoc/>
    public override int FeatureWidth => _linear[^1].Inputs;

    /// <summary>The linear layers from input to output.</summary>
    public IReadOnlyList<Linear> Layers => _linear;

    /// <inheritdoc/>
    public override void Initialize(NoiseSource noise)
    {
        foreach (SpecifiedLayer layer in _layers)
            layer.Initialize(noise);
    }

    /// <summary>The output [rows, outputs]. <paramref name="noise"/> means training; <paramref name="into"/> is where the output goes.</summary>
    public override Tensor Forward(Tensor x, NoiseSource? noise = null, Tensor? into = null) => Output(Features(x, noise), into, noise);

    /// <summary>The last hidden activation [rows, <see cref="FeatureWidth"/>], from which <see cref="Output"/> carries on.</summary>
    public override Tensor Features(Tensor x, NoiseSource? noise = null) => Carry(x, _layers.AsSpan(..^1), noise);

    /// <summary>
    /// <see cref="Features"/> of the pairs (a, a) and, below them, (a, b), a pair being two rows side by side: [2 rows, <see cref="FeatureWidth"/>].
    /// It costs half of what the pairs would if they were written out, since their first layer is not computed twice for what they share.
    /// </summary>
    /// <exception cref="ArgumentException">The rows do not make pairs of <see cref="Inputs"/> columns.</exception>
    /// <exception cref="InvalidOperationException">There is no hidden layer, or the first is normalised over rows or columns.</exception>
    public Tensor FeaturesOfPairs(Tensor a, Tensor b, NoiseSource? noise = null) => _layers.Length > 1
        ? Carry(_layers[0].ForwardPairs(a, b, noise), _layers.AsSpan(1..^1), noise)
        : throw new InvalidOperationException("A network without a hidden layer has no features.");

    private static Tensor Carry(Tensor x, ReadOnlySpan<SpecifiedLayer> layers, NoiseSource? noise)
    {
        foreach (SpecifiedLayer layer in layers)
            x = layer.Forward(x, noise, into: null);
        return x;
    }

    /// <inheritdoc/>
    public override Tensor Hidden(Tensor x, Tensor into, NoiseSource? noise = null)
    {
        Tensor h = x;
        int at = 0;
        foreach (SpecifiedLayer layer in _layers.AsSpan(..^1))
        {
            int width = layer.Weights.Outputs;
            h = layer.Forward(h, noise, into.SliceColumns(at, width));
            at += width;
        }

        return h;
    }

    private protected override Tensor GradientOfOutput(Tensor x)
    {
        var outputs = new Tensor[_layers.Length];
        for (int i = 0; i < _layers.Length; i++)
            outputs[i] = _layers[i].Forward(i == 0 ? x : outputs[i - 1], noise: null, into: null);
        Tensor gradient = Ones(x);
        for (int i = _layers.Length - 1; i >= 0; i--)
            gradient = _layers[i].InputGradient(gradient, outputs[i]);
        return gradient;
    }

    /// <inheritdoc/>
    public override Tensor Output(Tensor lastHidden, Tensor? into = null, NoiseSource? noise = null) => _layers[^1].Forward(lastHidden, noise, into);
}
