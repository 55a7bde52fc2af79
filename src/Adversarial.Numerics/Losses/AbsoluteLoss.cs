namespace Adversarial.Numerics;

internal readonly struct AbsoluteLoss : ILoss
{
    public static float Value(float x, float t) => LossReference.AbsoluteLoss(x, t);

    public static float Slope(float x, float t) => LossReference.AbsoluteSlope(x, t);
}
