using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>What fully connected layers and convolutions share: a matrix of weights, perhaps a bias, and spectral normalisation.</summary>
public abstract class WeightedLayer : Layer
{
    private readonly int _biasWidth;

    private protected WeightedLayer(ParameterSet parameters, int inputs, int outputs, int biasWidth, bool spectralNorm)
        : base(parameters, (long)inputs * outputs + biasWidth, spectralNorm ? outputs : 0)
    {
        _biasWidth = biasWidth;
        Inputs = inputs;
        Outputs = outputs;
        SpectralNorm = spectralNorm;
    }

    /// <summary>Number of rows of the weights: the inputs of a fully connected layer, the length of a convolution's patch.</summary>
    public int Inputs { get; }

    /// <summary>Number of columns of the weights.</summary>
    public int Outputs { get; }

    /// <summary>Whether a pass uses the weights over their largest singular value.</summary>
    public bool SpectralNorm { get; }

    /// <summary>The estimate of the right singular vector, [1, outputs] and of norm 1; none without spectral normalisation.</summary>
    public Matrix SpectralVector => SpectralNorm ? Buffer(0, Outputs) : default;

    /// <summary>Weights [inputs, outputs].</summary>
    public Matrix Weights => Value(0, Inputs, Outputs);

    /// <summary>Whether there is a bias.</summary>
    public bool HasBias => _biasWidth > 0;

    /// <summary>Bias, one row, or none.</summary>
    public Matrix Bias => HasBias ? Value(Inputs * Outputs, 1, _biasWidth) : default;

    /// <summary>Gradient of the weights.</summary>
    public Matrix WeightGradient => Gradient(0, Inputs, Outputs);

    /// <summary>Gradient of the bias, or none.</summary>
    public Matrix BiasGradient => HasBias ? Gradient(Inputs * Outputs, 1, _biasWidth) : default;

    /// <summary>Numbers that one output is made of plus numbers that one input goes into.</summary>
    private protected abstract int SumOfFans { get; }

    /// <summary>dropout(activation(product + bias)); no <paramref name="noise"/> means no dropout, <paramref name="training"/> a step of power iteration.</summary>
    public abstract Tensor Forward(
        Tensor x, Activation activation, float dropout = 0, NoiseSource? noise = null, Tensor? into = null, bool training = false);

    /// <summary>
    /// activation(norm(product)) of a layer without bias in one pass, norm being that of scoring; for tapes that do not record, as nothing leads back.
    /// </summary>
    internal abstract Tensor Score(BatchNorm norm, Tensor x, Activation activation, Tensor? into);

    /// <summary>The way back through the product as a way forth, without the bias.</summary>
    internal abstract Tensor TakeBack(Tensor y);

    /// <summary>Glorot (Xavier) uniform weights, zero bias (Glorot and Bengio 2010), and a random spectral vector.</summary>
    public override void Initialize(RandomStream stream)
    {
        float limit = MathF.Sqrt(6f / SumOfFans);
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
