using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>A fully connected layer: weights [inputs, outputs] and perhaps a bias [1, outputs].</summary>
public sealed class Linear : WeightedLayer
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
        : base(parameters, inputs, outputs, bias ? outputs : 0, spectralNorm)
    {
    }

    private protected override int SumOfFans => Inputs + Outputs;

    /// <summary>
    /// dropout(activation(x W + bias)); no <paramref name="noise"/> means no dropout. Spectral normalisation replaces W by W over its
    /// largest singular value; with <paramref name="training"/> a step of power iteration comes first, else nothing is changed. Gradient
    /// takes the singular vectors as constants, as PyTorch does.
    /// </summary>
    public override Tensor Forward(
        Tensor x, Activation activation, float dropout = 0, NoiseSource? noise = null, Tensor? into = null, bool training = false) =>
        LinearOperation.Apply(this, x, activation, dropout, noise, into, training);

    internal override Tensor TakeBack(Tensor y) => ForwardTransposed(y);

    internal override Tensor Score(BatchNorm norm, Tensor x, Activation activation, Tensor? into) => LinearOperation.Score(this, norm, x, activation, into);

    /// <summary>y Wᵀ: the way back through the product as a way forth, as networks with tied weights have it. There is no bias.</summary>
    /// <param name="y">The matrix, [rows, outputs].</param>
    /// <returns>The product, [rows, inputs].</returns>
    /// <exception cref="ArgumentException">The matrix has another number of columns.</exception>
    /// <exception cref="NotSupportedException">The layer has spectral normalisation.</exception>
    public Tensor ForwardTransposed(Tensor y) => TransposedLinearOperation.Apply(this, y);
}
