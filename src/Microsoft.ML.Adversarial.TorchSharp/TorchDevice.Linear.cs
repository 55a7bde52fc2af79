using Adversarial.Neural;
using Adversarial.Numerics;
using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <content>Products with weights, activations, dropout.</content>
public sealed partial class TorchDevice
{
    /// <inheritdoc/>
    public void Linear(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, bool accumulate, Activation activation,
        in DropoutMask dropout)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        View(y).addmm_(View(x), View(weights), beta: accumulate ? 1 : 0, alpha: 1);
        Finish(y, scale, bias, activation, dropout);
    }

    /// <inheritdoc/>
    public void LinearInputGradient(in Matrix dy, in Matrix weights, in Matrix dx, bool accumulate,
        in Matrix activated, Activation activation, in DropoutMask dropout)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        View(dx).addmm_(View(dy), View(weights).t(), beta: accumulate ? 1 : 0, alpha: 1);
        if (!activated.IsNone)
            MultiplySlope(View(dx), View(activated), activation, dropout);
    }

    /// <inheritdoc/>
    public void LinearWeightGradient(in Matrix x, in Matrix dy, in Matrix weightGradient, in Matrix biasGradient, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        View(weightGradient).addmm_(View(x).t(), View(dy), beta: accumulate ? 1 : 0, alpha: 1);
        if (!biasGradient.IsNone)
            Write(biasGradient, SumOfRows(View(dy)), accumulate);
    }

    /// <inheritdoc/>
    public void ColumnSums(in Matrix x, in Matrix sums, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Write(sums, SumOfRows(View(x)), accumulate);
    }

    private static TorchTensor SumOfRows(TorchTensor x) => x.sum(0L, keepdim: true);

    private static TorchTensor SumOfColumns(TorchTensor x) => x.sum(1L, keepdim: true);

    /// <inheritdoc/>
    public void Activate(in Matrix x, in Matrix y, Activation activation)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        if (!IsSame(x, y))
            View(y).copy_(View(x));
        Activate(View(y), activation);
    }

    /// <inheritdoc/>
    public void ActivateGradient(in Matrix y, in Matrix dy, in Matrix dx, bool accumulate, Activation activation, in DropoutMask dropout)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        if (!accumulate && IsSame(dy, dx))
        {
            MultiplySlope(View(dx), View(y), activation, dropout);
            return;
        }

        TorchTensor gradient = View(dy).clone();
        MultiplySlope(gradient, View(y), activation, dropout);
        Write(dx, gradient, accumulate);
    }

    /// <inheritdoc/>
    public void Drop(in Matrix x, in Matrix y, in DropoutMask dropout)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        if (!IsSame(x, y))
            View(y).copy_(View(x));
        Drop(View(y), dropout);
    }

    // y = dropout(activation(scale * y + bias)).
    private static void Finish(in Matrix y, in Matrix scale, in Matrix bias, Activation activation, in DropoutMask dropout)
    {
        TorchTensor result = View(y);
        if (!scale.IsNone)
            result.mul_(View(scale));
        if (!bias.IsNone)
            result.Increase(View(bias));
        Activate(result, activation);
        Drop(result, dropout);
    }

    private static void Drop(TorchTensor x, in DropoutMask dropout)
    {
        if (dropout.Bits.IsNone)
            return;
        using Scalar zero = 0f;
        Scale(x, dropout.Scale).masked_fill_(StorageOf(dropout.Bits).Masks.Get(dropout.Bits), zero);
    }

    private static void Activate(TorchTensor x, Activation activation)
    {
        switch (activation.Kind)
        {
            case ActivationKind.Identity:
                break;
            case ActivationKind.Relu:
                x.relu_();
                break;
            case ActivationKind.LeakyRelu:
                using (Scalar slope = activation.Slope)
                    x.leaky_relu_(slope);
                break;
            case ActivationKind.Sigmoid:
                x.sigmoid_();
                break;
            case ActivationKind.Exp:
                x.exp_();
                break;
            case ActivationKind.Softplus:
                x.copy_(x.abs().neg_().exp_().log1p_().Increase(x.relu()));
                break;
            case ActivationKind.Tanh:
                x.tanh_();
                break;
            default:
                throw new NotSupportedException($"LibTorch's device has no activation {activation.Kind}.");
        }
    }

    // The derivative is read off the output, so the output before dropout has to be recovered first; where an element was dropped it is 0.
    private static void MultiplySlope(TorchTensor gradient, TorchTensor y, Activation activation, in DropoutMask dropout)
    {
        if (!dropout.Bits.IsNone && activation.Kind is not (ActivationKind.Identity or ActivationKind.Relu or ActivationKind.LeakyRelu))
            y = Scale(y.clone(), 1.0 / dropout.Scale);
        if (Slope(y, activation) is { } slope)
            gradient.mul_(slope);
        Drop(gradient, dropout);
    }

    private static TorchTensor? Slope(TorchTensor y, Activation activation)
    {
        switch (activation.Kind)
        {
            case ActivationKind.Identity:
                return null;
            case ActivationKind.Relu:
                return IsPositive(y);
            case ActivationKind.LeakyRelu:
                using (Scalar slope = activation.Slope, one = 1f)
                    return y.full_like(slope).masked_fill_(IsPositive(y), one);
            case ActivationKind.Sigmoid:
                return y.neg().Increase(1).mul_(y);
            case ActivationKind.Exp:
                return y;
            case ActivationKind.Softplus:
                return y.neg().expm1_().neg_();
            case ActivationKind.Tanh:
                return y.Squared().neg_().Increase(1);
            default:
                throw new NotSupportedException($"LibTorch's device has no activation {activation.Kind}.");
        }
    }

    private static TorchTensor IsPositive(TorchTensor x)
    {
        using Scalar zero = 0f;
        return x.gt(zero);
    }
}
