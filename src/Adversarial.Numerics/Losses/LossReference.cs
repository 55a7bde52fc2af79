namespace Adversarial.Numerics;

/// <summary>The losses of one element and their derivatives with respect to the value.</summary>
internal static class LossReference
{
    /// <summary>Keras's fuzz: probabilities are clamped to it and to one minus it.</summary>
    public const float Epsilon = 1e-7f;

    public static float Value(LossFunction loss, float x, float t) => loss switch
    {
        LossFunction.BinaryCrossEntropy => ProbabilityLoss(x, t),
        LossFunction.BinaryCrossEntropyWithLogits => LogitLoss(x, t),
        LossFunction.MeanSquaredError => (x - t) * (x - t),
        LossFunction.MeanAbsoluteError => MathF.Abs(x - t),
        LossFunction.ExpMinusIdentity => MathF.Exp(x) - x,
        _ => x,
    };

    public static float Slope(LossFunction loss, float x, float t) => loss switch
    {
        LossFunction.BinaryCrossEntropy => ProbabilitySlope(x, t),
        LossFunction.BinaryCrossEntropyWithLogits => LogitSlope(x, t),
        LossFunction.MeanSquaredError => 2 * (x - t),
        LossFunction.MeanAbsoluteError => x > t ? 1 : x < t ? -1 : x - t,
        LossFunction.ExpMinusIdentity => MathF.Exp(x) - 1,
        _ => 1,
    };

    public static double Value(
        LossFunction loss, ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> targets, int ldTargets, float target, int rows, int columns)
    {
        double sum = 0;
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                sum += Value(loss, x[r * ldx + c], targets.IsEmpty ? target : targets[r * ldTargets + c]);
        }

        return sum;
    }

    public static void Gradient(
        LossFunction loss, ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> targets, int ldTargets, float target, float share,
        Span<float> dx, int lddx, int rows, int columns, bool accumulate)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                float slope = Slope(loss, x[r * ldx + c], targets.IsEmpty ? target : targets[r * ldTargets + c]);
                dx[r * lddx + c] = MathF.FusedMultiplyAdd(share, slope, accumulate ? dx[r * lddx + c] : 0);
            }
        }
    }

    // log(1 + e) is corrected for the rounding of 1 + e, else the loss of a confident right answer would be 0.
    private static float LogitLoss(float x, float t)
    {
        float e = MathF.Exp(-MathF.Abs(x)), u = 1 + e;
        float log = MathF.Log(u) + (e - (u - 1)) / u;
        return MathF.Max(x, 0) - x * t + log;
    }

    // On the positive side 1 - t is taken first, so that a target of 1 leaves the small remainder exact.
    private static float LogitSlope(float x, float t)
    {
        float e = MathF.Exp(-MathF.Abs(x)), tail = e / (1 + e);
        return x >= 0 ? 1 - t - tail : tail - t;
    }

    private static float ProbabilityLoss(float p, float t)
    {
        p = MathF.Max(MathF.Min(p, 1 - Epsilon), Epsilon);
        return -(t * MathF.Log(p) + (1 - t) * MathF.Log(1 - p));
    }

    private static float ProbabilitySlope(float p, float t) =>
        p < Epsilon || p > 1 - Epsilon ? 0 : (p - t) / (p * (1 - p));
}
