using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016): each row is brought to mean 0 and variance 1 over its columns, then scaled and
/// shifted by column. A row depends on no other, in training as in scoring.
/// </summary>
public sealed class LayerNorm : NormalizationLayer
{
    /// <summary>Adds a layer to the parameters of a network that is not yet complete.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="width">The number of columns, at least 1.</param>
    /// <param name="epsilon">Added to the variance, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="InvalidOperationException">The network is complete.</exception>
    public LayerNorm(ParameterSet parameters, int width, float epsilon = 1e-5f)
        : base(parameters, width, epsilon)
    {
    }

    /// <summary>dropout(activation(scale * (x - mean) / sqrt(variance + epsilon) + shift)); no <paramref name="noise"/> means no dropout.</summary>
    public Tensor Forward(Tensor x, Activation activation, float dropout = 0, NoiseSource? noise = null, Tensor? into = null)
    {
        Check(x);
        IDevice device = x.Tape.Device;
        var moments = new Moments(x.Tape.AllocateRaw(2, x.Rows), OfRows: true);
        device.MeanAndVariance(x.Value, ofRows: true, moments.Mean, moments.Inverse);
        device.InverseRoot(moments.Inverse, Epsilon, moments.Inverse);
        return NormalizationOperation.Apply(this, x, moments, constant: false, activation, dropout, noise, into);
    }
}
