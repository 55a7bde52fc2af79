using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors.Tests;

/// <summary>Hands everything to another device; a derived class listens.</summary>
internal abstract class ForwardingDevice(IDevice inner) : IDevice
{
    public IDevice Inner { get; } = inner;

    public Storage Allocate(int length) => Inner.Allocate(length);

    public virtual void Upload(ReadOnlySpan<float> source, in Matrix destination) => Inner.Upload(source, destination);

    public void Download(in Matrix source, Span<float> destination) => Inner.Download(source, destination);

    public virtual double ReadScalar(in Matrix source) => Inner.ReadScalar(source);

    public void Fill(in Matrix y, float value) => Inner.Fill(y, value);

    public void Add(in Matrix x, float scale, in Matrix y, bool accumulate) => Inner.Add(x, scale, y, accumulate);

    public void Multiply(in Matrix a, in Matrix b, in Matrix y, bool accumulate) => Inner.Multiply(a, b, y, accumulate);

    public void Clamp(in Matrix x, float low, float high) => Inner.Clamp(x, low, high);

    public void Linear(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, bool accumulate, Activation activation,
        in DropoutMask dropout) =>
        Inner.Linear(x, weights, scale, bias, y, accumulate, activation, dropout);

    public void LinearInputGradient(in Matrix dy, in Matrix weights, in Matrix dx, bool accumulate,
        in Matrix activated, Activation activation, in DropoutMask dropout) =>
        Inner.LinearInputGradient(dy, weights, dx, accumulate, activated, activation, dropout);

    public void LinearWeightGradient(in Matrix x, in Matrix dy, in Matrix weightGradient, in Matrix biasGradient, bool accumulate) =>
        Inner.LinearWeightGradient(x, dy, weightGradient, biasGradient, accumulate);

    public void Convolve(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout) =>
        Inner.Convolve(x, weights, scale, bias, y, shape, accumulate, activation, dropout);

    public void ConvolveTransposed(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout) =>
        Inner.ConvolveTransposed(x, weights, scale, bias, y, shape, accumulate, activation, dropout);

    public void ConvolutionWeightGradient(in Matrix large, in Matrix small, in Matrix weightGradient, in ConvolutionShape shape, bool accumulate) =>
        Inner.ConvolutionWeightGradient(large, small, weightGradient, shape, accumulate);

    public void ColumnSums(in Matrix x, in Matrix sums, bool accumulate) => Inner.ColumnSums(x, sums, accumulate);

    public void Pool(in Matrix x, in Matrix y, in PoolingShape shape, bool ofMeans) => Inner.Pool(x, y, shape, ofMeans);

    public void PoolGradient(in Matrix x, in Matrix dy, in Matrix dx, in PoolingShape shape, bool ofMeans, bool accumulate) =>
        Inner.PoolGradient(x, dy, dx, shape, ofMeans, accumulate);

    public void Upsample(in Matrix x, in Matrix y, int height, int width, int factor) => Inner.Upsample(x, y, height, width, factor);

    public void UpsampleGradient(in Matrix dy, in Matrix dx, int height, int width, int factor, bool accumulate) =>
        Inner.UpsampleGradient(dy, dx, height, width, factor, accumulate);

    public void SpectralNormalize(in Matrix weights, in Matrix u, bool iterate, in Matrix v, in Matrix sigma, in Matrix normalized) =>
        Inner.SpectralNormalize(weights, u, iterate, v, sigma, normalized);

    public void SpectralGradient(
        in Matrix gradient, in Matrix normalized, in Matrix u, in Matrix v, in Matrix sigma, in Matrix weightGradient, bool accumulate) =>
        Inner.SpectralGradient(gradient, normalized, u, v, sigma, weightGradient, accumulate);

    public void Activate(in Matrix x, in Matrix y, Activation activation) => Inner.Activate(x, y, activation);

    public void ActivateGradient(in Matrix y, in Matrix dy, in Matrix dx, bool accumulate, Activation activation, in DropoutMask dropout) =>
        Inner.ActivateGradient(y, dy, dx, accumulate, activation, dropout);

    public void Drop(in Matrix x, in Matrix y, in DropoutMask dropout) => Inner.Drop(x, y, dropout);

    public void MeanAndVariance(in Matrix x, bool ofRows, in Matrix mean, in Matrix variance) =>
        Inner.MeanAndVariance(x, ofRows, mean, variance);

    public void InverseRoot(in Matrix x, float epsilon, in Matrix y) => Inner.InverseRoot(x, epsilon, y);

    public void Normalize(
        in Matrix x, in Moments moments, in Matrix scale, in Matrix shift, in Matrix y, Activation activation, in DropoutMask dropout) =>
        Inner.Normalize(x, moments, scale, shift, y, activation, dropout);

    public void NormalizeParameterGradient(
        in Matrix x, in Moments moments, in Matrix dy, in Matrix scaleGradient, in Matrix shiftGradient) =>
        Inner.NormalizeParameterGradient(x, moments, dy, scaleGradient, shiftGradient);

    public void NormalizeInputGradient(in Matrix x, in Moments moments, in Matrix scale, in Matrix dy,
        in Matrix scaleSums, in Matrix shiftSums, in Matrix dx, bool accumulate) =>
        Inner.NormalizeInputGradient(x, moments, scale, dy, scaleSums, shiftSums, dx, accumulate);

    public virtual void DrawMask(in Matrix bits, int columns, float keepProbability, RandomStream stream) =>
        Inner.DrawMask(bits, columns, keepProbability, stream);

    public virtual void DrawNormal(in Matrix y, RandomStream stream, float mean, float deviation) =>
        Inner.DrawNormal(y, stream, mean, deviation);

    public void DrawUniform(in Matrix y, RandomStream stream, float low, float high) => Inner.DrawUniform(y, stream, low, high);

    public virtual void SampleCategories(in Matrix logits, ColumnGroups groups, float temperature, RandomStream? stream, in Matrix y) =>
        Inner.SampleCategories(logits, groups, temperature, stream, y);

    public void TakeLargest(in Matrix x, ColumnGroups groups, in Matrix y) => Inner.TakeLargest(x, groups, y);

    public void SampleCategoriesGradient(
        in Matrix y, ColumnGroups groups, float temperature, in Matrix dy, in Matrix dx, bool accumulate) =>
        Inner.SampleCategoriesGradient(y, groups, temperature, dy, dx, accumulate);

    public void Loss(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix loss) =>
        Inner.Loss(function, prediction, target, loss);

    public void LossGradient(
        LossFunction function, in Matrix prediction, in LossTarget target, in Matrix upstream, in Matrix dx, bool accumulate) =>
        Inner.LossGradient(function, prediction, target, upstream, dx, accumulate);

    public void RowDistance(in Matrix a, in Matrix b, in Matrix y, bool euclidean) => Inner.RowDistance(a, b, y, euclidean);

    public void ReconstructionFeatures(in Matrix rows, in Matrix reconstruction, in Matrix y) =>
        Inner.ReconstructionFeatures(rows, reconstruction, y);

    public void ReconstructionFeaturesGradient(in Matrix rows, in Matrix reconstruction, in Matrix dy, in Matrix dx) =>
        Inner.ReconstructionFeaturesGradient(rows, reconstruction, dy, dx);

    public void MixtureEnergy(in Matrix points, in Matrix memberships, float ridge, in Matrix loss) =>
        Inner.MixtureEnergy(points, memberships, ridge, loss);

    public void MixtureEnergyGradient(
        in Matrix points, in Matrix memberships, float ridge, in Matrix upstream, in Matrix dPoints, in Matrix dMemberships) =>
        Inner.MixtureEnergyGradient(points, memberships, ridge, upstream, dPoints, dMemberships);

    public void RowMixtureEnergy(in Matrix points, in Matrix mixture, in Matrix y) => Inner.RowMixtureEnergy(points, mixture, y);

    public void WeightedSquaredError(in Matrix x, in Matrix target, in Matrix weights, in Matrix loss) =>
        Inner.WeightedSquaredError(x, target, weights, loss);

    public void WeightedSquaredErrorGradient(
        in Matrix x, in Matrix target, in Matrix weights, in Matrix upstream, in Matrix dx, bool accumulate) =>
        Inner.WeightedSquaredErrorGradient(x, target, weights, upstream, dx, accumulate);

    public double SumOfSquares(in Matrix x) => Inner.SumOfSquares(x);

    public bool AllFinite(in Matrix x) => Inner.AllFinite(x);

    public virtual void Adam(in Matrix weights, in Matrix gradients, in Matrix firstMoment, in Matrix secondMoment,
        in AdamSettings settings, long step, float gradientScale) =>
        Inner.Adam(weights, gradients, firstMoment, secondMoment, settings, step, gradientScale);

    public virtual void Adadelta(in Matrix weights, in Matrix gradients, in Matrix squares, in Matrix updates, in AdadeltaSettings settings) =>
        Inner.Adadelta(weights, gradients, squares, updates, settings);
}
