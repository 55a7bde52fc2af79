namespace Adversarial.Numerics;

internal readonly struct LogitLoss : ILoss
{
    public static float Value(float x, float t) => LossReference.LogitLoss(x, t);

    public static float Slope(float x, float t) => LossReference.LogitSlope(x, t);
}
