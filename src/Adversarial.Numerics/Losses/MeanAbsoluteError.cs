namespace Adversarial.Numerics;

/// <content>The mean absolute difference; its gradient at 0 is 0.</content>
public static partial class Losses
{
    /// <summary>The mean absolute difference; its gradient at 0 is 0.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="target">The target of all elements.</param>
    /// <returns>The mean over all elements.</returns>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static double MeanAbsoluteError(ReadOnlySpan<float> values, float target) =>
        Mean<AbsoluteLoss>(values, [], target);

    /// <summary>The mean absolute difference; its gradient at 0 is 0.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="targets">The targets, of the same length.</param>
    /// <returns>The mean over all elements.</returns>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static double MeanAbsoluteError(ReadOnlySpan<float> values, ReadOnlySpan<float> targets)
    {
        Guard.Same(targets.Length, values.Length, nameof(targets));
        return Mean<AbsoluteLoss>(values, targets, 0);
    }

    /// <summary>gradient (+)= weight / N * d, d being the derivative of an element's loss with respect to <paramref name="values"/>.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="target">The target of all elements.</param>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="gradient">The result, of the same length; may be <paramref name="values"/>.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static void MeanAbsoluteErrorGradient(
        ReadOnlySpan<float> values, float target, float weight, Span<float> gradient, bool accumulate) =>
        Gradient<AbsoluteLoss>(values, [], target, weight, gradient, accumulate);

    /// <summary>gradient (+)= weight / N * d, d being the derivative of an element's loss with respect to <paramref name="values"/>.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="targets">The targets, of the same length.</param>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="gradient">The result, of the same length; may be <paramref name="values"/> or <paramref name="targets"/>.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">There is no element, or the lengths differ.</exception>
    public static void MeanAbsoluteErrorGradient(
        ReadOnlySpan<float> values, ReadOnlySpan<float> targets, float weight, Span<float> gradient, bool accumulate)
    {
        Guard.Same(targets.Length, values.Length, nameof(targets));
        Gradient<AbsoluteLoss>(values, targets, 0, weight, gradient, accumulate);
    }
}
