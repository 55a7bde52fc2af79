using Adversarial.Numerics;

namespace Adversarial.Neural;

public static partial class Functions
{
    /// <summary>Mean of (x - y)² over all elements.</summary>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target) =>
        LossOperation.Apply(LossFunction.MeanSquaredError, prediction, target, 0);

    /// <summary>Mean of x².</summary>
    public static Tensor MeanSquare(Tensor x) => LossOperation.Apply(LossFunction.MeanSquaredError, x, null, 0);

    /// <summary>Mean of |x - y| over all elements (L1).</summary>
    public static Tensor MeanAbsoluteError(Tensor prediction, Tensor target) =>
        LossOperation.Apply(LossFunction.MeanAbsoluteError, prediction, target, 0);
}
