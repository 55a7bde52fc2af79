namespace Adversarial.Numerics;

/// <summary>A loss that falls into a sum over elements.</summary>
internal interface ILoss
{
    static abstract float Value(float x, float t);

    static abstract float Slope(float x, float t);
}
