namespace Adversarial.Numerics;

/// <content>The binary cross entropy of probabilities, clamped to [1e-7, 1 - 1e-7] as Keras does; the gradient outside the clamp is 0.</content>
public static partial class Losses
{
    /// <summary>The binary cross entropy of probabilities, clamped to [1e-7, 1 - 1e-7] as Keras does; the gradient outside the clamp is 0.</summary>
    /// <param name="probabilities">The probabilities, at least one.</param>
    /// <param name="target">The target of all elements.</param>
    /// <returns>The mean over all elements.</returns>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static double BinaryCrossEntropy(ReadOnlySpan<float> probabilities, float target) =>
        Mean<ProbabilityLoss>(probabilities, [], target);

    /// <summary>The binary cross entropy of probabilities, clamped to [1e-7, 1 - 1e-7] as Keras does; the gradient outside the clamp is 0.</summary>
    /// <param name="probabilities">The probabilities, at least one.</param>
    /// <param name="targets">The targets, of the same length.</param>
    /// <returns>The mean over all elements.</returns>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static double BinaryCrossEntropy(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> targets)
    {
        Guard.Same(targets.Length, probabilities.Length, nameof(targets));
        return Mean<ProbabilityLoss>(probabilities, targets, 0);
    }

    /// <summary>gradient (+)= weight / N * d, d being the derivative of an element's loss with respect to <paramref name="probabilities"/>.</summary>
    /// <param name="probabilities">The probabilities, at least one.</param>
    /// <param name="target">The target of all elements.</param>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="gradient">The result, of the same length; may be <paramref name="probabilities"/>.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static void BinaryCrossEntropyGradient(
        ReadOnlySpan<float> probabilities, float target, float weight, Span<float> gradient, bool accumulate) =>
        Gradient<ProbabilityLoss>(probabilities, [], target, weight, gradient, accumulate);

    /// <summary>gradient (+)= weight / N * d, d being the derivative of an element's loss with respect to <paramref name="probabilities"/>.</summary>
    /// <param name="probabilities">The probabilities, at least one.</param>
    /// <param name="targets">The targets, of the same length.</param>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="gradient">The result, of the same length; may be <paramref name="probabilities"/> or <paramref name="targets"/>.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static void BinaryCrossEntropyGradient(
        ReadOnlySpan<float> probabilities, ReadOnlySpan<float> targets, float weight, Span<float> gradient, bool accumulate)
    {
        Guard.Same(targets.Length, probabilities.Length, nameof(targets));
        Gradient<ProbabilityLoss>(probabilities, targets, 0, weight, gradient, accumulate);
    }
}
