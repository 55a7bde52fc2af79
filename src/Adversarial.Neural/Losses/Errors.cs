using Adversarial.Numerics;

namespace Adversarial.Neural;

public static partial class Functions
{
    /// <summary>Mean of (x - y)² over all elements.</summary>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target) =>
        LossOperation.Apply(LossFunction.MeanSquaredError, prediction, target, 0);

    /// <summary>Mean of x².</summary>
    public static Tensor MeanSquare(Tensor x) => LossOperation.Apply(LossFunction.MeanSquaredError, x, null, 0);

    /// <summary>
    /// Sum of weight[column] * (x - y)² over all elements, divided by the number of rows and not by that of columns: what a column counts
    /// for stands in its weight alone.
    /// </summary>
    /// <param name="prediction">The values, [rows, columns].</param>
    /// <param name="target">What they are compared with, [rows, columns]; gradient flows to both.</param>
    /// <param name="columnWeights">The weights, [1, columns], on the same device; they are constants and may outlive the step.</param>
    /// <returns>The loss, 1 x 1.</returns>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target, Matrix columnWeights) =>
        WeightedErrorOperation.Apply(prediction, target, columnWeights);

    /// <summary>The same with weights on the tape; they get no gradient.</summary>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target, Tensor columnWeights) =>
        WeightedErrorOperation.Apply(prediction, target, columnWeights.Value);

    /// <summary>Mean of |x - y| over all elements (L1).</summary>
    public static Tensor MeanAbsoluteError(Tensor prediction, Tensor target) =>
        LossOperation.Apply(LossFunction.MeanAbsoluteError, prediction, target, 0);
}
