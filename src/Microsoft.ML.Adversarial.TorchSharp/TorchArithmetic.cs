using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Operations for which TorchSharp makes a number of its own and hands its memory on. Nothing holds that number: the collector may free it while LibTorch reads
/// it, which ends in an error or in a wrong result. Here the number is held.
/// </summary>
internal static class TorchArithmetic
{
    // Made when LibTorch is loaded, at the first use.
    private static readonly Scalar _one = 1f;

    /// <summary>x += y.</summary>
    public static TorchTensor Increase(this TorchTensor x, TorchTensor y) => x.add_(y, _one);

    /// <summary>x += summand.</summary>
    public static TorchTensor Increase(this TorchTensor x, double summand)
    {
        using Scalar scalar = summand;
        return x.add_(scalar, _one);
    }

    /// <summary>x², a new tensor.</summary>
    public static TorchTensor Squared(this TorchTensor x) => x.mul(x);
}
