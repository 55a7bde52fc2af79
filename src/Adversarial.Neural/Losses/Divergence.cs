using Adversarial.Numerics;

namespace Adversarial.Neural;

public static partial class Functions
{
    /// <summary>
    /// Mean of exp(x) - x over all elements; at least 1. The Kullback-Leibler divergence of N(mu, exp(v)) from N(0, 1), a mean over
    /// elements, is (mean mu² + this of v - 1) / 2 (Kingma and Welling 2014, appendix B).
    /// </summary>
    public static Tensor MeanExpMinusIdentity(Tensor x) => LossOperation.Apply(LossFunction.ExpMinusIdentity, x, null, 0);
}
