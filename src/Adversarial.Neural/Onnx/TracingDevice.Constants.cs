using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <content>What works on constants and is refused on rows: draws, gradients, losses, updates, and numbers that are looked at.</content>
public sealed partial class TracingDevice
{
    private const string Gradients = "gradients";
    private const string Decisions = "decisions by the values of rows";

    /// <inheritdoc/>
    public void Download(in Matrix source, Span<float> destination)
    {
        Refuse(Decisions, source);
        _inner.Download(source, destination);
    }

    /// <inheritdoc/>
    public double ReadScalar(in Matrix source)
    {
        Refuse(Decisions, source);
        return _inner.ReadScalar(source);
    }

    /// <inheritdoc/>
    public double SumOfSquares(in Matrix x)
    {
        Refuse(Decisions, x);
        return _inner.SumOfSquares(x);
    }

    /// <inheritdoc/>
    public bool AllFinite(in Matrix x)
    {
        Refuse(Decisions, x);
        return _inner.AllFinite(x);
    }

    /// <inheritdoc/>
    public void SpectralNormalize(in Matrix weights, in Matrix u, bool iterate, in Matrix v, in Matrix sigma, in Matrix normalized)
    {
        Refuse("weights that are made of rows", weights, u);
        _inner.SpectralNormalize(weights, u, iterate, v, sigma, normalized);
        _memory.Forget(v);
        _memory.Forget(sigma);
        _memory.Forget(normalized);
    }

    /// <inheritdoc/>
    public void DrawMask(in Matrix bits, int columns, float keepProbability, RandomStream stream)
    {
        _inner.DrawMask(bits, columns, keepProbability, stream);
        _memory.Forget(bits);
    }

    /// <inheritdoc/>
    public void DrawNormal(in Matrix y, RandomStream stream, float mean, float deviation)
    {
        _inner.DrawNormal(y, stream, mean, deviation);
        _memory.Forget(y);
    }

    /// <inheritdoc/>
    public void DrawUniform(in Matrix y, RandomStream stream, float low, float high)
    {
        _inner.DrawUniform(y, stream, low, high);
        _memory.Forget(y);
    }

    /// <inheritdoc/>
    public void Drop(in Matrix x, in Matrix y, in DropoutMask dropout) => throw Refused("dropout");

    /// <inheritdoc/>
    public void LinearWeightGradient(in Matrix x, in Matrix dy, in Matrix weightGradient, in Matrix biasGradient, bool accumulate) => throw Refused(Gradients);

    /// <inheritdoc/>
    public void ConvolutionWeightGradient(in Matrix large, in Matrix small, in Matrix weightGradient, in ConvolutionShape shape, bool accumulate) => throw Refused(Gradients);

    /// <inheritdoc/>
    public void ColumnSums(in Matrix x, in Matrix sums, bool accumulate) => throw Refused("sums over all rows");

    /// <inheritdoc/>
    public void PoolGradient(in Matrix x, in Matrix dy, in Matrix dx, in PoolingShape shape, bool ofMeans, bool accumulate) => throw Refused(Gradients);

    /// <inheritdoc/>
    public void UpsampleGradient(in Matrix dy, in Matrix dx, int height, int width, int factor, bool accumulate) => throw Refused(Gradients);

    /// <inheritdoc/>
    public void SpectralGradient(in Matrix gradient, in Matrix normalized, in Matrix u, in Matrix v, in Matrix sigma, in Matrix weightGradient, bool accumulate) =>
        throw Refused(Gradients);

    /// <inheritdoc/>
    public void ActivateGradient(in Matrix y, in Matrix dy, in Matrix dx, bool accumulate, Activation activation, in DropoutMask dropout) => throw Refused(Gradients);

    /// <inheritdoc/>
    public void NormalizeParameterGradient(in Matrix x, in Moments moments, in Matrix dy, in Matrix scaleGradient, in Matrix shiftGradient) => throw Refused(Gradients);

    /// <inheritdoc/>
    public void NormalizeInputGradient(in Matrix x, in Moments moments, in Matrix scale, in Matrix dy, in Matrix scaleSums, in Matrix shiftSums, in Matrix dx,
        bool accumulate) => throw Refused(Gradients);

    /// <inheritdoc/>
    public void SampleCategoriesGradient(in Matrix y, ColumnGroups groups, float temperature, in Matrix dy, in Matrix dx, bool accumulate) => throw Refused(Gradients);

    /// <inheritdoc/>
    public void Loss(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix loss) => throw Refused("losses");

    /// <inheritdoc/>
    public void LossGradient(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix upstream, in Matrix dx, bool accumulate) => throw Refused(Gradients);

    /// <inheritdoc/>
    public void ReconstructionFeaturesGradient(in Matrix rows, in Matrix reconstruction, in Matrix dy, in Matrix dx) => throw Refused(Gradients);

    /// <inheritdoc/>
    public void MixtureEnergy(in Matrix points, in Matrix memberships, float ridge, in Matrix loss) => throw Refused("losses");

    /// <inheritdoc/>
    public void MixtureEnergyGradient(in Matrix points, in Matrix memberships, float ridge, in Matrix upstream, in Matrix dPoints, in Matrix dMemberships) =>
        throw Refused(Gradients);

    /// <inheritdoc/>
    public void WeightedSquaredError(in Matrix x, in Matrix target, in Matrix weights, in Matrix loss) => throw Refused("losses");

    /// <inheritdoc/>
    public void WeightedSquaredErrorGradient(in Matrix x, in Matrix target, in Matrix weights, in Matrix upstream, in Matrix dx, bool accumulate) => throw Refused(Gradients);

    /// <inheritdoc/>
    public void Adam(in Matrix weights, in Matrix gradients, in Matrix firstMoment, in Matrix secondMoment, in AdamSettings settings, long step, float gradientScale) =>
        throw Refused("training");

    /// <inheritdoc/>
    public void Adadelta(in Matrix weights, in Matrix gradients, in Matrix squares, in Matrix updates, in AdadeltaSettings settings) => throw Refused("training");
}
