using Adversarial.Numerics;

namespace Adversarial.Neural;

public static partial class Functions
{
    /// <summary>Mean of -t log p - (1 - t) log(1 - p) over all elements; p is clamped to [1e-7, 1 - 1e-7].</summary>
    public static Tensor BinaryCrossEntropy(Tensor probabilities, Tensor targets) =>
        LossOperation.Apply(LossFunction.BinaryCrossEntropy, probabilities, targets, 0);

    /// <summary>The same with one target for all elements.</summary>
    public static Tensor BinaryCrossEntropy(Tensor probabilities, float target) =>
        LossOperation.Apply(LossFunction.BinaryCrossEntropy, probabilities, null, target);

    /// <summary>Binary cross entropy of sigmoid(logits), computed without the sigmoid: exact for logits of any size.</summary>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor logits, Tensor targets) =>
        LossOperation.Apply(LossFunction.BinaryCrossEntropyWithLogits, logits, targets, 0);

    /// <summary>The same with one target for all elements.</summary>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor logits, float target) =>
        LossOperation.Apply(LossFunction.BinaryCrossEntropyWithLogits, logits, null, target);
}
