namespace Adversarial.Numerics;

/// <summary>The losses that are a mean over all elements.</summary>
public enum LossFunction
{
    /// <summary>The mean of the values themselves; the target is not read.</summary>
    Mean,

    /// <summary>Binary cross entropy of probabilities, clamped to [1e-7, 1 - 1e-7] as Keras does; outside the clamp the gradient is 0.</summary>
    BinaryCrossEntropy,

    /// <summary>Binary cross entropy of sigmoid(x), computed without the sigmoid: accurate and finite for every finite logit.</summary>
    BinaryCrossEntropyWithLogits,

    /// <summary>The mean squared difference.</summary>
    MeanSquaredError,

    /// <summary>The mean absolute difference; its gradient at 0 is 0.</summary>
    MeanAbsoluteError,

    /// <summary>
    /// The mean of exp(x) - x; the target is not read. With x the logarithm of a variance it is the part of the Kullback-Leibler divergence
    /// from a standard normal law that depends on the variance (Kingma and Welling 2014, appendix B).
    /// </summary>
    ExpMinusIdentity,
}
