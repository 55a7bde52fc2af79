namespace Adversarial.Numerics;

/// <summary>The numbers of one Adam step that are the same for all weights.</summary>
internal readonly record struct AdamFactors(
    float Rate, float Root, float Beta1, float Beta2, float Rest1, float Rest2, float Epsilon, float GradientScale)
{
    // Rate carries the first moment's bias correction; Root is one over the root of the second's.
    public static AdamFactors Of(float learningRate, float beta1, float beta2, float epsilon, long step, float gradientScale) => new(
        (float)(learningRate / (1 - Math.Pow(beta1, step))),
        (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step))),
        beta1, beta2, 1 - beta1, 1 - beta2, epsilon, gradientScale);
}

internal static class AdamReference
{
    public static void Update(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> m, Span<float> v, in AdamFactors factors)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            float g = gradients[i] * factors.GradientScale;
            m[i] = MathF.FusedMultiplyAdd(factors.Rest1, g, factors.Beta1 * m[i]);
            v[i] = MathF.FusedMultiplyAdd(factors.Rest2 * g, g, factors.Beta2 * v[i]);
            float denominator = MathF.FusedMultiplyAdd(MathF.Sqrt(v[i]), factors.Root, factors.Epsilon);
            weights[i] -= factors.Rate * m[i] / denominator;
        }
    }
}
