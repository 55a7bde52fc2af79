namespace Adversarial.Numerics;

internal readonly struct ProbabilityLoss : ILoss
{
    public static float Value(float x, float t) => LossReference.ProbabilityLoss(x, t);

    public static float Slope(float x, float t) => LossReference.ProbabilitySlope(x, t);
}
