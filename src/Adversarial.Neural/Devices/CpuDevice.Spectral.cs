using Adversarial.Numerics;

namespace Adversarial.Neural;

public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public void SpectralNormalize(in Matrix weights, in Matrix u, bool iterate, in Matrix v, in Matrix sigma, in Matrix normalized) =>
        Write(sigma)[0] = SpectralKernel.Normalize(
            Read(weights), weights.Rows, weights.Columns, Write(u), iterate, Write(v), Write(normalized));

    /// <inheritdoc/>
    public void SpectralGradient(
        in Matrix gradient, in Matrix normalized, in Matrix u, in Matrix v, in Matrix sigma, in Matrix weightGradient, bool accumulate) =>
        SpectralKernel.Gradient(Read(gradient), Read(normalized), gradient.Rows, gradient.Columns, Read(u), Read(v), Read(sigma)[0],
            Write(weightGradient), accumulate);
}
