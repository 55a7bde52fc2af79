using Adversarial.Neural;
using TorchSharp;
using Mixtures = Adversarial.Numerics.MixtureEnergy;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <content>What models of densities over codes need. Sums over a batch of small matrices are the processor's: they take double precision.</content>
public sealed partial class TorchDevice
{
    // Rows of zeros have no direction.
    private const double LeastLength = 1e-6;

    private float[] Copy(in Matrix matrix)
    {
        var values = new float[matrix.Rows * matrix.Columns];
        Download(matrix, values);
        return values;
    }

    /// <inheritdoc/>
    public void ReconstructionFeatures(in Matrix rows, in Matrix reconstruction, in Matrix y)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor x = View(rows), z = View(reconstruction), ofX = AtLeast(Length(x), LeastLength), ofZ = AtLeast(Length(z), LeastLength);
        View(y.Slice(0, y.Rows, 0, 1)).copy_(Length(x.sub(z)).div_(ofX));
        View(y.Slice(0, y.Rows, 1, 1)).copy_(SumOfColumns(x.mul(z)).div_(ofX).div_(ofZ));
    }

    /// <inheritdoc/>
    public void ReconstructionFeaturesGradient(in Matrix rows, in Matrix reconstruction, in Matrix dy, in Matrix dx)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using Scalar zero = 0f, least = LeastLength;
        TorchTensor x = View(rows), z = View(reconstruction), ofX = AtLeast(Length(x), LeastLength), ofZ = Length(z), distance = Length(x.sub(z));
        TorchTensor away = View(dy.Slice(0, dy.Rows, 0, 1)).div(distance.mul(ofX)).masked_fill_(distance.le(zero), zero);
        TorchTensor along = View(dy.Slice(0, dy.Rows, 1, 1)).div(ofX.mul(AtLeast(ofZ.clone(), LeastLength)));
        TorchTensor back = along.mul(SumOfColumns(x.mul(z))).div_(ofZ.Squared()).masked_fill_(ofZ.le(least), zero);
        View(dx).Increase(z.sub(x).mul_(away).Increase(x.mul(along)).sub_(z.mul(back)));
    }

    /// <inheritdoc/>
    public void MixtureEnergy(in Matrix points, in Matrix memberships, float ridge, in Matrix loss)
    {
        (double energy, double penalty) = Mixtures.Value<float>(
            Copy(points), points.Columns, Copy(memberships), memberships.Columns, points.Rows, points.Columns, memberships.Columns, ridge);
        Upload([(float)energy, (float)penalty], loss);
    }

    /// <inheritdoc/>
    public void MixtureEnergyGradient(
        in Matrix points, in Matrix memberships, float ridge, in Matrix upstream, in Matrix dPoints, in Matrix dMemberships)
    {
        float[] weights = Copy(upstream), ofPoints = dPoints.IsNone ? [] : Copy(dPoints), ofMemberships = dMemberships.IsNone ? [] : Copy(dMemberships);
        Mixtures.Gradient<float>(Copy(points), points.Columns, Copy(memberships), memberships.Columns, points.Rows, points.Columns, memberships.Columns, ridge,
            weights[0], weights[1], ofPoints, dPoints.Columns, ofMemberships, dMemberships.Columns);
        if (!dPoints.IsNone)
            Upload(ofPoints, dPoints);
        if (!dMemberships.IsNone)
            Upload(ofMemberships, dMemberships);
    }

    /// <inheritdoc/>
    public void RowMixtureEnergy(in Matrix points, in Matrix mixture, in Matrix y)
    {
        var energies = new float[points.Rows];
        Mixtures.OfRows<float>(
            Copy(points), points.Columns, Copy(mixture), mixture.Columns, energies, 1, points.Rows, points.Columns, mixture.Rows);
        Upload(energies, y);
    }
}
