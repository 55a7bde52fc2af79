namespace Adversarial.Numerics;

/// <content>The binary cross entropy of sigmoid(logits), computed without the sigmoid, so that it stays accurate and finite for any finite logit.</content>
public static partial class Losses
{
    /// <summary>The binary cross entropy of sigmoid(logits), computed without the sigmoid, so that it stays accurate and finite for any finite logit.</summary>
    /// <param name="logits">The logits, at least one.</param>
    /// <param name="target">The target of all elements.</param>
    /// <returns>The mean over all elements.</returns>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static double BinaryCrossEntropyWithLogits(ReadOnlySpan<float> logits, float target) =>
        Mean<LogitLoss>(logits, [], target);

    /// <summary>The binary cross entropy of sigmoid(logits), computed without the sigmoid, so that it stays accurate and finite for any finite logit.</summary>
    /// <param name="logits">The logits, at least one.</param>
    /// <param name="targets">The targets, of the same length.</param>
    /// <returns>The mean over all elements.</returns>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static double BinaryCrossEntropyWithLogits(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets)
    {
        Guard.Same(targets.Length, logits.Length, nameof(targets));
        return Mean<LogitLoss>(logits, targets, 0);
    }

    /// <summary>gradient (+)= weight / N * d, d being the derivative of an element's loss with respect to <paramref name="logits"/>.</summary>
    /// <param name="logits">The logits, at least one.</param>
    /// <param name="target">The target of all elements.</param>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="gradient">The result, of the same length; may be <paramref name="logits"/>.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static void BinaryCrossEntropyWithLogitsGradient(
        ReadOnlySpan<float> logits, float target, float weight, Span<float> gradient, bool accumulate) =>
        Gradient<LogitLoss>(logits, [], target, weight, gradient, accumulate);

    /// <summary>gradient (+)= weight / N * d, d being the derivative of an element's loss with respect to <paramref name="logits"/>.</summary>
    /// <param name="logits">The logits, at least one.</param>
    /// <param name="targets">The targets, of the same length.</param>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="gradient">The result, of the same length; may be <paramref name="logits"/> or <paramref name="targets"/>.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static void BinaryCrossEntropyWithLogitsGradient(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, float weight, Span<float> gradient, bool accumulate)
    {
        Guard.Same(targets.Length, logits.Length, nameof(targets));
        Gradient<LogitLoss>(logits, targets, 0, weight, gradient, accumulate);
    }
}
