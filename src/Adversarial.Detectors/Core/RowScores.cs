using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>Parts of scores that are no operation of the engine: they carry no gradient.</summary>
internal static class RowScores
{
    /// <summary>-log of the logistic function, for logits of any size.</summary>
    public static float CrossEntropy(float logit) => Math.Max(-logit, 0) + MathF.Log(1 + MathF.Exp(-Math.Abs(logit)));

    /// <summary>The same of each row's logit [rows, 1].</summary>
    public static Tensor CrossEntropy(Tensor logits) =>
        logits.Tape.Constant(Array.ConvertAll(logits.ToArray(), CrossEntropy), logits.Rows, 1);
}
