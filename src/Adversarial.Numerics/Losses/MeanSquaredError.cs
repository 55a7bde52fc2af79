namespace Adversarial.Numerics;

/// <content>The mean squared difference.</content>
public static partial class Losses
{
    /// <summary>The mean squared difference.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="target">The target of all elements.</param>
    /// <returns>The mean over all elements.</returns>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static double MeanSquaredError(ReadOnlySpan<float> values, float target) =>
        Mean<SquaredLoss>(values, [], target);

    /// <summary>The mean squared difference.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="targets">The targets, of the same length.</param>
    /// <returns>The mean over all elements.</returns>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static double MeanSquaredError(ReadOnlySpan<float> values, ReadOnlySpan<float> targets)
    {
        Guard.Same(targets.Length, values.Length, nameof(targets));
        return Mean<SquaredLoss>(values, targets, 0);
    }

    /// <summary>gradient (+)= weight / N * d, d being the derivative of an element's loss with respect to <paramref name="values"/>.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="target">The target of all elements.</param>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="gradient">The result, of the same length; may be <paramref name="values"/>.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static void MeanSquaredErrorGradient(
        ReadOnlySpan<float> values, float target, float weight, Span<float> gradient, bool accumulate) =>
        Gradient<SquaredLoss>(values, [], target, weight, gradient, accumulate);

    /// <summary>gradient (+)= weight / N * d, d being the derivative of an element's loss with respect to <paramref name="values"/>.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="targets">The targets, of the same length.</param>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="gradient">The result, of the same length; may be <paramref name="values"/> or <paramref name="targets"/>.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static void MeanSquaredErrorGradient(
        ReadOnlySpan<float> values, ReadOnlySpan<float> targets, float weight, Span<float> gradient, bool accumulate)
    {
        Guard.Same(targets.Length, values.Length, nameof(targets));
        Gradient<SquaredLoss>(values, targets, 0, weight, gradient, accumulate);
    }
}
