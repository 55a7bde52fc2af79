using Adversarial.Neural;
using Adversarial.Numerics;
using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <content>Batch, layer and spectral normalisation.</content>
public sealed partial class TorchDevice
{
    // Power iteration divides by no norm below this.
    private const double LeastNorm = 1e-12;

    /// <inheritdoc/>
    public void MeanAndVariance(in Matrix x, bool ofRows, in Matrix mean, in Matrix variance)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor values = View(x);
        long[] dimension = [ofRows ? 1 : 0];
        TorchTensor means = values.mean(dimension, keepdim: true);
        TorchTensor variances = values.sub(means).Squared().mean(dimension, keepdim: true);
        View(mean).copy_(ofRows ? means.t() : means);
        View(variance).copy_(ofRows ? variances.t() : variances);
    }

    /// <inheritdoc/>
    public void InverseRoot(in Matrix x, float epsilon, in Matrix y)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        if (!IsSame(x, y))
            View(y).copy_(View(x));
        View(y).Increase(epsilon).rsqrt_();
    }

    private static TorchTensor Spread(in Matrix statistics, bool ofRows) => ofRows ? View(statistics).t() : View(statistics);

    private static TorchTensor Normalized(in Matrix x, in Moments moments) =>
        View(x).sub(Spread(moments.Mean, moments.OfRows)).mul_(Spread(moments.Inverse, moments.OfRows));

    /// <inheritdoc/>
    public void Normalize(
        in Matrix x, in Moments moments, in Matrix scale, in Matrix shift, in Matrix y, Activation activation, in DropoutMask dropout)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        View(y).copy_(Normalized(x, moments));
        Finish(y, scale, shift, activation, dropout);
    }

    /// <inheritdoc/>
    public void NormalizeParameterGradient(in Matrix x, in Moments moments, in Matrix dy, in Matrix scaleGradient, in Matrix shiftGradient)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        View(scaleGradient).copy_(SumOfRows(Normalized(x, moments).mul_(View(dy))));
        View(shiftGradient).copy_(SumOfRows(View(dy)));
    }

    /// <inheritdoc/>
    public void NormalizeInputGradient(in Matrix x, in Moments moments, in Matrix scale, in Matrix dy,
        in Matrix scaleSums, in Matrix shiftSums, in Matrix dx, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor gradient = View(dy).mul(View(scale)), normalized = Normalized(x, moments);
        TorchTensor? plain = null, product = null;
        if (moments.OfRows)
        {
            plain = Scale(SumOfColumns(gradient), 1.0 / x.Columns);
            product = Scale(SumOfColumns(gradient.mul(normalized)), 1.0 / x.Columns);
        }
        else if (!scaleSums.IsNone)
        {
            plain = Scale(View(scale).mul(View(shiftSums)), 1.0 / x.Rows);
            product = Scale(View(scale).mul(View(scaleSums)), 1.0 / x.Rows);
        }

        if (plain is not null)
            gradient.sub_(plain).sub_(normalized.mul_(product!));
        Write(dx, gradient.mul_(Spread(moments.Inverse, moments.OfRows)), accumulate);
    }

    /// <inheritdoc/>
    public void SpectralNormalize(in Matrix weights, in Matrix u, bool iterate, in Matrix v, in Matrix sigma, in Matrix normalized)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor w = View(weights), right = View(u), left = View(v);
        left.addmm_(right, w.t(), beta: 0, alpha: 1);
        TorchTensor norm = MakeUnit(left);
        if (iterate)
        {
            right.addmm_(left, w, beta: 0, alpha: 1);
            norm = MakeUnit(right);
        }

        View(sigma).copy_(norm);
        View(normalized).copy_(w.div(norm));
    }

    private static TorchTensor MakeUnit(TorchTensor vector)
    {
        TorchTensor norm = AtLeast(vector.Squared().sum().sqrt_(), LeastNorm);
        vector.div_(norm);
        return norm;
    }

    /// <inheritdoc/>
    public void SpectralGradient(
        in Matrix gradient, in Matrix normalized, in Matrix u, in Matrix v, in Matrix sigma, in Matrix weightGradient, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor given = View(gradient), along = given.mul(View(normalized)).sum();
        TorchTensor rest = given.sub(View(v).t().mm(View(u)).mul_(along));
        Write(weightGradient, rest.div_(View(sigma)), accumulate);
    }
}
