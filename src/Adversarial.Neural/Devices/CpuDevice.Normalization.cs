using Adversarial.Numerics;

namespace Adversarial.Neural;

public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public void MeanAndVariance(in Matrix x, bool ofRows, in Matrix mean, in Matrix variance)
    {
        if (ofRows)
            NormalizationKernel.RowMoments(Span(x), x.Stride, x.Rows, x.Columns, Span(mean), Span(variance));
        else
            NormalizationKernel.ColumnMoments(Span(x), x.Stride, x.Rows, x.Columns, Span(mean), Span(variance), _gang);
    }

    /// <inheritdoc/>
    public void InverseRoot(in Matrix x, float epsilon, in Matrix y) => NormalizationKernel.InverseRoot(Span(x), epsilon, Span(y));

    /// <inheritdoc/>
    public void Normalize(
        in Matrix x, in Moments moments, in Matrix scale, in Matrix shift, in Matrix y, Activation activation, in DropoutMask dropout) =>
        NormalizationKernel.Apply(Span(x), x.Stride, Span(moments.Mean), Span(moments.Inverse), moments.OfRows, Span(scale), Span(shift),
            Span(y), y.Stride, y.Rows, y.Columns, activation, Bits(dropout), dropout.Scale, _gang);

    /// <inheritdoc/>
    public void NormalizeParameterGradient(in Matrix x, in Moments moments, in Matrix dy, in Matrix scaleGradient, in Matrix shiftGradient) =>
        NormalizationKernel.ParameterGradient(Span(x), x.Stride, Span(moments.Mean), Span(moments.Inverse), moments.OfRows,
            Span(dy), dy.Stride, x.Rows, x.Columns, Span(scaleGradient), Span(shiftGradient), _gang);

    /// <inheritdoc/>
    public void NormalizeInputGradient(in Matrix x, in Moments moments, in Matrix scale, in Matrix dy,
        in Matrix scaleSums, in Matrix shiftSums, in Matrix dx, bool accumulate) =>
        NormalizationKernel.InputGradient(Span(x), x.Stride, Span(moments.Mean), Span(moments.Inverse), moments.OfRows, Span(scale),
            Span(dy), dy.Stride, Span(scaleSums), Span(shiftSums), Span(dx), dx.Stride, x.Rows, x.Columns, accumulate, _gang);
}
