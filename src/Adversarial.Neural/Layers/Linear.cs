using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>A fully connected layer: weights [inputs, outputs] and a bias [1, outputs].</summary>
public sealed class Linear : Layer
{
    /// <summary>Adds a layer to the parameters of a network that is not yet complete.</summary>
    /// <exception cref="InvalidOperationException">The network is complete.</exception>
    public Linear(ParameterSet parameters, int inputs, int outputs)
        : base(parameters, checked(inputs * outputs + outputs))
    {
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>Number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Weights [inputs, outputs].</summary>
    public Matrix Weights => Value(0, Inputs, Outputs);

    /// <summary>Bias [1, outputs].</summary>
    public Matrix Bias => Value(Inputs * Outputs, 1, Outputs);

    /// <summary>Gradient of the weights.</summary>
    public Matrix WeightGradient => Gradient(0, Inputs, Outputs);

    /// <summary>Gradient of the bias.</summary>
    public Matrix BiasGradient => Gradient(Inputs * Outputs, 1, Outputs);

    /// <summary>dropout(activation(x W + bias)); no <paramref name="noise"/> means no dropout.</summary>
    public Tensor Forward(Tensor x, Activation activation, float dropout = 0, NoiseSource? noise = null, Tensor? into = null) =>
        LinearOperation.Apply(this, x, activation, dropout, noise, into);

    /// <summary>Glorot (Xavier) uniform weights, zero bias (Glorot and Bengio 2010).</summary>
    public override void Initialize(RandomStream stream)
    {
        float limit = MathF.Sqrt(6f / (Inputs + Outputs));
        Parameters.Device.DrawUniform(Weights, stream, -limit, limit);
        Parameters.Device.Fill(Bias, 0);
    }
}
