namespace Adversarial.Neural;

public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public void ReconstructionFeatures(in Matrix rows, in Matrix reconstruction, in Matrix y) =>
        Numerics.ReconstructionFeatures.Forward(
            Read(rows), rows.Stride, Read(reconstruction), reconstruction.Stride, Write(y), y.Stride, rows.Rows, rows.Columns);

    /// <inheritdoc/>
    public void ReconstructionFeaturesGradient(in Matrix rows, in Matrix reconstruction, in Matrix dy, in Matrix dx) =>
        Numerics.ReconstructionFeatures.Backward(Read(rows), rows.Stride, Read(reconstruction), reconstruction.Stride,
            Read(dy), dy.Stride, Write(dx), dx.Stride, rows.Rows, rows.Columns);

    /// <inheritdoc/>
    public void MixtureEnergy(in Matrix points, in Matrix memberships, float ridge, in Matrix loss)
    {
        (double energy, double penalty) = Numerics.MixtureEnergy.Value(
            Read(points), points.Stride, Read(memberships), memberships.Stride, points.Rows, points.Columns, memberships.Columns, ridge);
        Span<float> result = Write(loss);
        (result[0], result[1]) = ((float)energy, (float)penalty);
    }

    /// <inheritdoc/>
    public void MixtureEnergyGradient(
        in Matrix points, in Matrix memberships, float ridge, in Matrix upstream, in Matrix dPoints, in Matrix dMemberships) =>
        Numerics.MixtureEnergy.Gradient(Read(points), points.Stride, Read(memberships), memberships.Stride, points.Rows, points.Columns,
            memberships.Columns, ridge, Read(upstream)[0], Read(upstream)[1], Write(dPoints), dPoints.Stride, Write(dMemberships), dMemberships.Stride);

    /// <inheritdoc/>
    public void RowMixtureEnergy(in Matrix points, in Matrix mixture, in Matrix y) =>
        Numerics.MixtureEnergy.OfRows(
            Read(points), points.Stride, Read(mixture), mixture.Stride, Write(y), y.Stride, points.Rows, points.Columns, mixture.Rows);
}
