namespace Adversarial.Numerics;

/// <summary>
/// Losses as means over all elements, and their gradients. Values are summed in double precision in a fixed order.
/// </summary>
public static partial class Losses
{
    /// <summary>The mean of the elements.</summary>
    /// <param name="values">The elements, at least one.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static double Mean(ReadOnlySpan<float> values)
    {
        NotEmpty(values);
        return Reductions.Sum(values) / values.Length;
    }

    /// <summary>The mean's gradient: gradient (+)= weight / N.</summary>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="gradient">The result; its length is N.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static void MeanGradient(float weight, Span<float> gradient, bool accumulate)
    {
        NotEmpty(gradient);
        float share = weight / gradient.Length;
        if (!accumulate)
        {
            gradient.Fill(share);
            return;
        }

        for (int i = 0; i < gradient.Length; i++)
            gradient[i] += share;
    }

    private static double Mean<TLoss>(ReadOnlySpan<float> x, ReadOnlySpan<float> targets, float target)
        where TLoss : struct, ILoss
    {
        NotEmpty(x);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += TLoss.Value(x[i], targets.IsEmpty ? target : targets[i]);
        return sum / x.Length;
    }

    private static void Gradient<TLoss>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> targets, float target, float weight, Span<float> gradient, bool accumulate)
        where TLoss : struct, ILoss
    {
        NotEmpty(x);
        Guard.Same(gradient.Length, x.Length, nameof(gradient));
        float share = weight / x.Length;
        for (int i = 0; i < x.Length; i++)
        {
            float value = share * TLoss.Slope(x[i], targets.IsEmpty ? target : targets[i]);
            gradient[i] = accumulate ? gradient[i] + value : value;
        }
    }

    private static void NotEmpty(ReadOnlySpan<float> x) => Guard.Same(!x.IsEmpty, "The mean of no elements.");
}
