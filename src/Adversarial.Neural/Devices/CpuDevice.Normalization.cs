using Adversarial.Numerics;

namespace Adversarial.Neural;

public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public void MeanAndVariance(in Matrix x, bool ofRows, in Matrix mean, in Matrix variance)
    {
        if (ofRows)
            NormalizationKernel.RowMoments(Read(x), x.Stride, x.Rows, x.Columns, Write(mean), Write(variance));
        else
            NormalizationKernel.ColumnMoments(Read(x), x.Stride, x.Rows, x.Columns, Write(mean), Write(variance), _gang);
    }

    /// <inheritdoc/>
    public void InverseRoot(in Matrix x, float epsilon, in Matrix y) => NormalizationKernel.InverseRoot(Read(x), epsilon, Write(y));

    /// <inheritdoc/>
    public void Normalize(
        in Matrix x, in Moments moments, in Matrix scale, in Matrix shift, in Matrix y, Activation activation, in DropoutMask dropout) =>
        NormalizationKernel.Apply(Read(x), x.Stride, Read(moments.Mean), Read(moments.Inverse), moments.OfRows, Read(scale), Read(shift),
            Write(y), y.Stride, y.Rows, y.Columns, activation, Bits(dropout), dropout.Scale, _gang);

    /// <inheritdoc/>
    public void NormalizeParameterGradient(in Matrix x, in Moments moments, in Matrix dy, in Matrix scaleGradient, in Matrix shiftGradient) =>
        NormalizationKernel.ParameterGradient(Read(x), x.Stride, Read(moments.Mean), Read(moments.Inverse), moments.OfRows,
            Read(dy), dy.Stride, x.Rows, x.Columns, Write(scaleGradient), Write(shiftGradient), _gang);

    /// <inheritdoc/>
    public void NormalizeInputGradient(in Matrix x, in Moments moments, in Matrix scale, in Matrix dy,
        in Matrix scaleSums, in Matrix shiftSums, in Matrix dx, bool accumulate) =>
        NormalizationKernel.InputGradient(Read(x), x.Stride, Read(moments.Mean), Read(moments.Inverse), moments.OfRows, Read(scale),
            Read(dy), dy.Stride, Read(scaleSums), Read(shiftSums), Write(dx), dx.Stride, x.Rows, x.Columns, accumulate, _gang);
}
