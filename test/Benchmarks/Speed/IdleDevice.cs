using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Benchmarks;

/// <summary>A device that does nothing: what a step takes on it is bookkeeping.</summary>
internal sealed class IdleDevice : IDevice
{
    private sealed class IdleStorage(int length) : Storage
    {
        public override int Length => length;
    }

    public Storage Allocate(int length) => new IdleStorage(length);

    public void Upload(ReadOnlySpan<float> source, in Matrix destination)
    {
    }

    public void Download(in Matrix source, Span<float> destination)
    {
    }

    public double ReadScalar(in Matrix source) => 0;

    public void Fill(in Matrix y, float value)
    {
    }

    public void Add(in Matrix x, float scale, in Matrix y, bool accumulate)
    {
    }

    public void Multiply(in Matrix a, in Matrix b, in Matrix y, bool accumulate)
    {
    }

    public void Clamp(in Matrix x, float low, float high)
    {
    }

    public void Linear(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, bool accumulate, Activation activation,
        in DropoutMask dropout)
    {
    }

    public void LinearInputGradient(in Matrix dy, in Matrix weights, in Matrix dx, bool accumulate, in Matrix activated, Activation activation, in DropoutMask dropout)
    {
    }

    public void LinearWeightGradient(in Matrix x, in Matrix dy, in Matrix weightGradient, in Matrix biasGradient, bool accumulate)
    {
    }

    public void Convolve(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout)
    {
    }

    public void ConvolveTransposed(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout)
    {
    }

    public void ConvolutionWeightGradient(in Matrix large, in Matrix small, in Matrix weightGradient, in ConvolutionShape shape, bool accumulate)
    {
    }

    public void ColumnSums(in Matrix x, in Matrix sums, bool accumulate)
    {
    }

    public void Pool(in Matrix x, in Matrix y, in PoolingShape shape, bool ofMeans)
    {
    }

    public void PoolGradient(in Matrix x, in Matrix dy, in Matrix dx, in PoolingShape shape, bool ofMeans, bool accumulate)
    {
    }

    public void Upsample(in Matrix x, in Matrix y, int height, int width, int factor)
    {
    }

    public void UpsampleGradient(in Matrix dy, in Matrix dx, int height, int width, int factor, bool accumulate)
    {
    }

    public void SpectralNormalize(in Matrix weights, in Matrix u, bool iterate, in Matrix v, in Matrix sigma, in Matrix normalized)
    {
    }

    public void SpectralGradient(in Matrix gradient, in Matrix normalized, in Matrix u, in Matrix v, in Matrix sigma, in Matrix weightGradient, bool accumulate)
    {
    }

    public void Activate(in Matrix x, in Matrix y, Activation activation)
    {
    }

    public void ActivateGradient(in Matrix y, in Matrix dy, in Matrix dx, bool accumulate, Activation activation, in DropoutMask dropout)
    {
    }

    public void Drop(in Matrix x, in Matrix y, in DropoutMask dropout)
    {
    }

    public void MeanAndVariance(in Matrix x, bool ofRows, in Matrix mean, in Matrix variance)
    {
    }

    public void InverseRoot(in Matrix x, float epsilon, in Matrix y)
    {
    }

    public void Normalize(in Matrix x, in Moments moments, in Matrix scale, in Matrix shift, in Matrix y, Activation activation, in DropoutMask dropout)
    {
    }

    public void NormalizeParameterGradient(in Matrix x, in Moments moments, in Matrix dy, in Matrix scaleGradient, in Matrix shiftGradient)
    {
    }

    public void NormalizeInputGradient(in Matrix x, in Moments moments, in Matrix scale, in Matrix dy, in Matrix scaleSums, in Matrix shiftSums, in Matrix dx, bool accumulate)
    {
    }

    public void DrawMask(in Matrix bits, int columns, float keepProbability, RandomStream stream)
    {
    }

    public void DrawNormal(in Matrix y, RandomStream stream, float mean, float deviation)
    {
    }

    public void DrawUniform(in Matrix y, RandomStream stream, float low, float high)
    {
    }

    public void SampleCategories(in Matrix logits, ColumnGroups groups, float temperature, RandomStream? stream, in Matrix y)
    {
    }

    public void TakeLargest(in Matrix x, ColumnGroups groups, in Matrix y)
    {
    }

    public void SampleCategoriesGradient(in Matrix y, ColumnGroups groups, float temperature, in Matrix dy, in Matrix dx, bool accumulate)
    {
    }

    public void Loss(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix loss)
    {
    }

    public void LossGradient(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix upstream, in Matrix dx, bool accumulate)
    {
    }

    public void RowDistance(in Matrix a, in Matrix b, in Matrix y, bool euclidean)
    {
    }

    public void ReconstructionFeatures(in Matrix rows, in Matrix reconstruction, in Matrix y)
    {
    }

    public void ReconstructionFeaturesGradient(in Matrix rows, in Matrix reconstruction, in Matrix dy, in Matrix dx)
    {
    }

    public void MixtureEnergy(in Matrix points, in Matrix memberships, float ridge, in Matrix loss)
    {
    }

    public void MixtureEnergyGradient(in Matrix points, in Matrix memberships, float ridge, in Matrix upstream, in Matrix dPoints, in Matrix dMemberships)
    {
    }

    public void RowMixtureEnergy(in Matrix points, in Matrix mixture, in Matrix y)
    {
    }

    public void WeightedSquaredError(in Matrix x, in Matrix target, in Matrix weights, in Matrix loss)
    {
    }

    public void WeightedSquaredErrorGradient(in Matrix x, in Matrix target, in Matrix weights, in Matrix upstream, in Matrix dx, bool accumulate)
    {
    }

    public double SumOfSquares(in Matrix x) => 0;

    public bool AllFinite(in Matrix x) => true;

    public void Adam(in Matrix weights, in Matrix gradients, in Matrix firstMoment, in Matrix secondMoment, in AdamSettings settings, long step, float gradientScale)
    {
    }

    public void Adadelta(in Matrix weights, in Matrix gradients, in Matrix squares, in Matrix updates, in AdadeltaSettings settings)
    {
    }
}
