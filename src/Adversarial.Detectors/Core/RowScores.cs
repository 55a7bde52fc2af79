using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>Parts of scores.</summary>
internal static class RowScores
{
    /// <summary>-log of the logistic function of each logit, of any size.</summary>
    public static Tensor CrossEntropy(Tensor logits) => Functions.Softplus(Functions.Affine(logits, -1, 0));
}
