using Adversarial.Numerics;

namespace Adversarial.Neural;

public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public void SpectralNormalize(in Matrix weights, in Matrix u, bool iterate, in Matrix v, in Matrix sigma, in Matrix normalized) =>
        Span(sigma)[0] = SpectralKernel.Normalize(
            Span(weights), weights.Rows, weights.Columns, Span(u), iterate, Span(v), Span(normalized));

    /// <inheritdoc/>
    public void SpectralGradient(
        in Matrix gradient, in Matrix normalized, in Matrix u, in Matrix v, in Matrix sigma, in Matrix weightGradient, bool accumulate) =>
        SpectralKernel.Gradient(Span(gradient), Span(normalized), gradient.Rows, gradient.Columns, Span(u), Span(v), Span(sigma)[0],
            Span(weightGradient), accumulate);
}
