using Adversarial.Numerics;

namespace Adversarial.Neural;

public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public void SampleCategories(in Matrix logits, ColumnGroups groups, float temperature, RandomStream? stream, in Matrix y) =>
        CategoryKernel.Sample(Span(logits), logits.Stride, logits.Rows, groups, temperature, stream, Span(y), y.Stride,
            Scratch(CategoryKernel.Scratch(groups.Width)));

    /// <inheritdoc/>
    public void TakeLargest(in Matrix x, ColumnGroups groups, in Matrix y) =>
        CategoryKernel.TakeLargest(Span(x), x.Stride, x.Rows, groups, Span(y), y.Stride);

    /// <inheritdoc/>
    public void SampleCategoriesGradient(
        in Matrix y, ColumnGroups groups, float temperature, in Matrix dy, in Matrix dx, bool accumulate) =>
        CategoryKernel.Gradient(Span(y), y.Stride, y.Rows, groups, temperature, Span(dy), dy.Stride, Span(dx), dx.Stride, accumulate,
            Scratch(CategoryKernel.Scratch(groups.Width)));
}
