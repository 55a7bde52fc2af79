using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>A fully connected layer: weights [inputs, outputs] and perhaps a bias [1, outputs].</summary>
public sealed class Linear : Layer
{
    /// <summary>Adds a layer to the parameters of a network that is not yet complete.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="spectralNorm">Whether a pass uses the weights over their largest singular value (Miyato et al. 2018).</param>
    /// <param name="bias">
    /// Whether there is a bias. Before a batch normalisation it would have no effect, and no gradient but rounding errors.
    /// </param>
    /// <exception cref="InvalidOperationException">The network is complete.</exception>
    public Linear(ParameterSet parameters, int inputs, int outputs, bool spectralNorm = false, bool bias = true)
        : base(parameters, (long)inputs * outputs + (bias ? outputs : 0), spectralNorm ? outputs : 0)
    {
        HasBias = bias;
        Inputs = inputs;
        Outputs = outputs;
        SpectralNorm = spectralNorm;
    }

    /// <summary>Number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Whether a pass uses the weights over their largest singular value.</summary>
    public bool SpectralNorm { get; }

    /// <summary>The estimate of the right singular vector, [1, outputs] and of norm 1; none without spectral normalisation.</summary>
    public Matrix SpectralVector => SpectralNorm ? Buffer(0, Outputs) : default;

    /// <summary>Weights [inputs, outputs].</summary>
    public Matrix Weights => Value(0, Inputs, Outputs);

    /// <summary>Whether there is a bias.</summary>
    public bool HasBias { get; }

    /// <summary>Bias [1, outputs], or none.</summary>
    public Matrix Bias => HasBias ? Value(Inputs * Outputs, 1, Outputs) : default;

    /// <summary>Gradient of the weights.</summary>
    public Matrix WeightGradient => Gradient(0, Inputs, Outputs);

    /// <summary>Gradient of the bias, or none.</summary>
    public Matrix BiasGradient => HasBias ? Gradient(Inputs * Outputs, 1, Outputs) : default;

    /// <summary>
    /// dropout(activation(x W + bias)); no <paramref name="noise"/> means no dropout. Spectral normalisation replaces W by W over its
    /// largest singular value; with <paramref name="training"/> a step of power iteration comes first, else nothing is changed. Gradient
    /// takes the singular vectors as constants, as PyTorch does.
    /// </summary>
    public Tensor Forward(
        Tensor x, Activation activation, float dropout = 0, NoiseSource? noise = null, Tensor? into = null, bool training = false) =>
        LinearOperation.Apply(this, x, activation, dropout, noise, into, training);

    /// <summary>y Wᵀ: the way back through the product as a way forth, as networks with tied weights have it. There is no bias.</summary>
    /// <param name="y">The matrix, [rows, outputs].</param>
    /// <returns>The product, [rows, inputs].</returns>
    /// <exception cref="ArgumentException">The matrix has another number of columns.</exception>
    /// <exception cref="NotSupportedException">The layer has spectral normalisation.</exception>
    public Tensor ForwardTransposed(Tensor y) => TransposedLinearOperation.Apply(this, y);

    /// <summary>Glorot (Xavier) uniform weights, zero bias (Glorot and Bengio 2010), and a random spectral vector.</summary>
    public override void Initialize(RandomStream stream)
    {
        float limit = MathF.Sqrt(6f / (Inputs + Outputs));
        Parameters.Device.DrawUniform(Weights, stream, -limit, limit);
        if (HasBias)
            Parameters.Device.Fill(Bias, 0);
        if (!SpectralNorm)
            return;

        // The other end of the stream's steps, lest the vector be made of the weights' numbers.
        Parameters.Device.DrawNormal(SpectralVector, stream with { Step = ~stream.Step }, 0, 1);
        double norm = Math.Sqrt(Parameters.Device.SumOfSquares(SpectralVector));
        Parameters.Device.Add(SpectralVector, (float)(1 / norm), SpectralVector, accumulate: false);
    }
}
