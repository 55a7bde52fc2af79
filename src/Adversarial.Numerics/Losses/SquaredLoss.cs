namespace Adversarial.Numerics;

internal readonly struct SquaredLoss : ILoss
{
    public static float Value(float x, float t) => LossReference.SquaredLoss(x, t);

    public static float Slope(float x, float t) => LossReference.SquaredSlope(x, t);
}
