namespace Adversarial.Numerics;

/// <summary>The losses of one element and their derivatives with respect to the first argument.</summary>
internal static class LossReference
{
    /// <summary>Keras's fuzz: probabilities are clamped to it and to one minus it.</summary>
    public const float Epsilon = 1e-7f;

    // log(1 + e) is corrected for the rounding of 1 + e, else the loss of a confident right answer would be 0.
    public static float LogitLoss(float x, float t)
    {
        float e = MathF.Exp(-MathF.Abs(x)), u = 1 + e;
        float log = MathF.Log(u) + (e - (u - 1)) / u;
        return MathF.Max(x, 0) - x * t + log;
    }

    // On the positive side 1 - t is taken first, so that a target of 1 leaves the small remainder exact.
    public static float LogitSlope(float x, float t)
    {
        float e = MathF.Exp(-MathF.Abs(x)), tail = e / (1 + e);
        return x >= 0 ? 1 - t - tail : tail - t;
    }

    public static float ProbabilityLoss(float p, float t)
    {
        p = MathF.Max(MathF.Min(p, 1 - Epsilon), Epsilon);
        return -(t * MathF.Log(p) + (1 - t) * MathF.Log(1 - p));
    }

    // The clamp's derivative is 0 outside.
    public static float ProbabilitySlope(float p, float t) =>
        p < Epsilon || p > 1 - Epsilon ? 0 : (p - t) / (p * (1 - p));

    public static float SquaredLoss(float x, float t) => (x - t) * (x - t);

    public static float SquaredSlope(float x, float t) => 2 * (x - t);

    public static float AbsoluteLoss(float x, float t) => MathF.Abs(x - t);

    public static float AbsoluteSlope(float x, float t)
    {
        float d = x - t;
        return d > 0 ? 1 : d < 0 ? -1 : d;
    }
}
