using Adversarial.Numerics;

namespace Adversarial.Neural;

public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public void SampleCategories(in Matrix logits, ColumnGroups groups, float temperature, RandomStream? stream, in Matrix y) =>
        CategoryKernel.Sample(Read(logits), logits.Stride, logits.Rows, groups, temperature, stream, Write(y), y.Stride,
            Scratch(CategoryKernel.Scratch(groups.Width)));

    /// <inheritdoc/>
    public void TakeLargest(in Matrix x, ColumnGroups groups, in Matrix y) =>
        CategoryKernel.TakeLargest(Read(x), x.Stride, x.Rows, groups, Write(y), y.Stride);

    /// <inheritdoc/>
    public void SampleCategoriesGradient(
        in Matrix y, ColumnGroups groups, float temperature, in Matrix dy, in Matrix dx, bool accumulate) =>
        CategoryKernel.Gradient(Read(y), y.Stride, y.Rows, groups, temperature, Read(dy), dy.Stride, Write(dx), dx.Stride, accumulate,
            Scratch(CategoryKernel.Scratch(groups.Width)));
}
