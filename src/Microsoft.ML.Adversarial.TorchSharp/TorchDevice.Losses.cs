using Adversarial.Neural;
using Adversarial.Numerics;
using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <content>Losses and distances.</content>
public sealed partial class TorchDevice
{
    // Probabilities closer to 0 or 1 count as this close, and have no slope.
    private const float Margin = 1e-7f;

    /// <inheritdoc/>
    public void Loss(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix loss)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        View(loss).copy_(Losses(function, View(prediction), target).mean());
    }

    private static TorchTensor Losses(LossFunction function, TorchTensor x, in LossTarget target)
    {
        switch (function)
        {
            case LossFunction.Mean:
                return x;
            case LossFunction.BinaryCrossEntropy:
                using (Scalar least = Margin, most = 1 - Margin)
                {
                    TorchTensor p = x.clamp(least, most);
                    TorchTensor ofOne = Times(p.log(), target), ofZero = p.neg().log1p_();
                    return ofOne.Increase(ofZero).sub_(Times(ofZero.clone(), target)).neg_();
                }

            case LossFunction.BinaryCrossEntropyWithLogits:
                return x.abs().neg_().exp_().log1p_().Increase(x.relu()).sub_(Times(x.clone(), target));
            case LossFunction.MeanSquaredError:
                return Difference(x, target).Squared();
            case LossFunction.MeanAbsoluteError:
                return Difference(x, target).abs_();
            case LossFunction.ExpMinusIdentity:
                return x.exp().sub_(x);
            default:
                throw new NotSupportedException($"LibTorch's device has no loss {function}.");
        }
    }

    // Times the target, in place.
    private static TorchTensor Times(TorchTensor x, in LossTarget target) =>
        target.Values.IsNone ? Scale(x, target.Constant) : x.mul_(View(target.Values));

    private static TorchTensor Difference(TorchTensor x, in LossTarget target) =>
        target.Values.IsNone ? x.clone().Increase(-target.Constant) : x.sub(View(target.Values));

    /// <inheritdoc/>
    public void LossGradient(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix upstream, in Matrix dx, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor slopes = Scale(LossSlopes(function, View(prediction), target), 1.0 / ((double)prediction.Rows * prediction.Columns));
        Write(dx, slopes.mul_(View(upstream)), accumulate);
    }

    private static TorchTensor LossSlopes(LossFunction function, TorchTensor x, in LossTarget target)
    {
        switch (function)
        {
            case LossFunction.Mean:
                return x.ones_like();
            case LossFunction.BinaryCrossEntropy:
                using (Scalar least = Margin, most = 1 - Margin, zero = 0f)
                {
                    TorchTensor outside = x.lt(least).logical_or(x.gt(most));
                    return Difference(x, target).div_(x.neg().Increase(1).mul_(x)).masked_fill_(outside, zero);
                }

            case LossFunction.BinaryCrossEntropyWithLogits:
                return Difference(x.sigmoid(), target);
            case LossFunction.MeanSquaredError:
                return Scale(Difference(x, target), 2);
            case LossFunction.MeanAbsoluteError:
                return Difference(x, target).sign();
            case LossFunction.ExpMinusIdentity:
                return x.expm1();
            default:
                throw new NotSupportedException($"LibTorch's device has no loss {function}.");
        }
    }

    /// <inheritdoc/>
    public void WeightedSquaredError(in Matrix x, in Matrix target, in Matrix weights, in Matrix loss)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        View(loss).copy_(Scale(View(x).sub(View(target)).Squared().mul_(View(weights)).sum(), 1.0 / x.Rows));
    }

    /// <inheritdoc/>
    public void WeightedSquaredErrorGradient(
        in Matrix x, in Matrix target, in Matrix weights, in Matrix upstream, in Matrix dx, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor slopes = Scale(View(x).sub(View(target)).mul_(View(weights)), 2.0 / x.Rows);
        Write(dx, slopes.mul_(View(upstream)), accumulate);
    }

    /// <inheritdoc/>
    public void RowDistance(in Matrix a, in Matrix b, in Matrix y, bool euclidean)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor difference = b.IsNone ? View(a) : View(a).sub(View(b));
        View(y).copy_(euclidean ? Length(difference) : SumOfColumns(difference.abs()));
    }

    // Of each row.
    private static TorchTensor Length(TorchTensor x) => SumOfColumns(x.Squared()).sqrt_();
}
