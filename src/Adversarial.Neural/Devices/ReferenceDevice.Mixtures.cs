namespace Adversarial.Neural;

public sealed partial class ReferenceDevice
{
    private static Span<double> Values(in Matrix m) => ((DoubleStorage)m.Storage).Values.AsSpan(m.Offset, m.Extent);

    private static ReadOnlySpan<double> Constants(in Matrix m) => Values(m);

    /// <inheritdoc/>
    public void ReconstructionFeatures(in Matrix rows, in Matrix reconstruction, in Matrix y) =>
        Numerics.ReconstructionFeatures.Forward(
            Constants(rows), rows.Stride, Constants(reconstruction), reconstruction.Stride, Values(y), y.Stride, rows.Rows, rows.Columns);

    /// <inheritdoc/>
    public void ReconstructionFeaturesGradient(in Matrix rows, in Matrix reconstruction, in Matrix dy, in Matrix dx) =>
        Numerics.ReconstructionFeatures.Backward(Constants(rows), rows.Stride, Constants(reconstruction), reconstruction.Stride,
            Constants(dy), dy.Stride, Values(dx), dx.Stride, rows.Rows, rows.Columns);

    /// <inheritdoc/>
    public void MixtureEnergy(in Matrix points, in Matrix memberships, float ridge, in Matrix loss) =>
        (At(loss, 0, 0), At(loss, 0, 1)) = Numerics.MixtureEnergy.Value(Constants(points), points.Stride, Constants(memberships), memberships.Stride,
            points.Rows, points.Columns, memberships.Columns, ridge);

    /// <inheritdoc/>
    public void MixtureEnergyGradient(
        in Matrix points, in Matrix memberships, float ridge, in Matrix upstream, in Matrix dPoints, in Matrix dMemberships) =>
        Numerics.MixtureEnergy.Gradient(Constants(points), points.Stride, Constants(memberships), memberships.Stride, points.Rows, points.Columns,
            memberships.Columns, ridge, At(upstream, 0, 0), At(upstream, 0, 1), Values(dPoints), dPoints.Stride, Values(dMemberships), dMemberships.Stride);

    /// <inheritdoc/>
    public void RowMixtureEnergy(in Matrix points, in Matrix mixture, in Matrix y) =>
        Numerics.MixtureEnergy.OfRows(
            Constants(points), points.Stride, Constants(mixture), mixture.Stride, Values(y), y.Stride, points.Rows, points.Columns, mixture.Rows);
}
