using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>A fully connected layer: weights [inputs, outputs] and a bias [1, outputs].</summary>
public sealed class Linear
{
    private readonly int _offset;

    /// <summary>Makes a layer whose parameters become a part of <paramref name="parameters"/>.</summary>
    public Linear(ParameterSet parameters, int inputs, int outputs)
    {
        Parameters = parameters;
        Inputs = inputs;
        Outputs = outputs;
        _offset = parameters.Reserve(this);
    }

    /// <summary>The network's parameters, of which this layer's are a part.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Weights [inputs, outputs].</summary>
    public Matrix Weights => new(Parameters.ValueStorage, _offset, Inputs, Outputs, Outputs);

    /// <summary>Bias [1, outputs].</summary>
    public Matrix Bias => Matrix.Row(Parameters.ValueStorage, _offset + Inputs * Outputs, Outputs);

    /// <summary>Gradient of the weights.</summary>
    public Matrix WeightGradient => new(Parameters.GradientStorage, _offset, Inputs, Outputs, Outputs);

    /// <summary>Gradient of the bias.</summary>
    public Matrix BiasGradient => Matrix.Row(Parameters.GradientStorage, _offset + Inputs * Outputs, Outputs);

    internal bool HasGradient { get; set; }

    /// <summary>Whether a gradient stands here already; from now on one does.</summary>
    internal bool TakeGradientStamp()
    {
        bool before = HasGradient;
        HasGradient = true;
        return before;
    }

    /// <summary>dropout(activation(x W + bias)); no <paramref name="noise"/> means no dropout.</summary>
    public Tensor Forward(Tensor x, Activation activation, float dropout = 0, NoiseSource? noise = null, Tensor? into = null) =>
        LinearOperation.Apply(this, x, activation, dropout, noise, into);

    /// <summary>Glorot (Xavier) uniform weights, zero bias (Glorot and Bengio 2010).</summary>
    public void Initialize(RandomStream stream)
    {
        float limit = MathF.Sqrt(6f / (Inputs + Outputs));
        Parameters.Device.DrawUniform(Weights, stream, -limit, limit);
        Parameters.Device.Fill(Bias, 0);
    }
}
