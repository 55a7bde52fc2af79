using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>What a loss compares with: a matrix of the prediction's shape, or one number for all elements.</summary>
/// <param name="Values">The matrix, or none.</param>
/// <param name="Constant">The number that counts where there is no matrix.</param>
public readonly record struct LossTarget(Matrix Values, float Constant);

/// <summary>Dropout of one layer's output: a bit for each element (set = kept) and the factor of what is kept.</summary>
/// <param name="Bits">Words of 32 bits, <see cref="Dropout.MaskStride"/> to a row, or none.</param>
/// <param name="Scale">1 / keep probability.</param>
public readonly record struct DropoutMask(Matrix Bits, float Scale);

/// <summary>
/// All numeric work of the tape. Another device is added by implementing this; nothing above changes.
/// <c>accumulate</c> adds to the destination instead of overwriting it.
/// </summary>
public interface IDevice
{
    /// <summary>New memory, zero-filled.</summary>
    Storage Allocate(int length);

    /// <summary>Copies row-major floats to the device.</summary>
    void Upload(ReadOnlySpan<float> source, in Matrix destination);

    /// <summary>Copies a matrix from the device, row-major without gaps.</summary>
    void Download(in Matrix source, Span<float> destination);

    /// <summary>The value of a 1 x 1 matrix.</summary>
    double ReadScalar(in Matrix source);

    /// <summary>y = value.</summary>
    void Fill(in Matrix y, float value);

    /// <summary>y (+)= scale * x.</summary>
    void Add(in Matrix x, float scale, in Matrix y, bool accumulate);

    /// <summary>y (+)= a * b, element by element.</summary>
    void Multiply(in Matrix a, in Matrix b, in Matrix y, bool accumulate);

    /// <summary>x = min(max(x, low), high).</summary>
    void Clamp(in Matrix x, float low, float high);

    /// <summary>y = dropout(activation(scale * ([y +] x W) + bias)); scale and bias are [1, outputs] or none.</summary>
    void Linear(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, bool accumulate, Activation activation,
        in DropoutMask dropout);

    /// <summary>
    /// dx (+)= dy Wᵀ; where <paramref name="activated"/> is given, times the derivative of its activation and its dropout, and nothing is
    /// accumulated then.
    /// </summary>
    void LinearInputGradient(in Matrix dy, in Matrix weights, in Matrix dx, bool accumulate,
        in Matrix activated, Activation activation, in DropoutMask dropout);

    /// <summary>dW (+)= xᵀ dy and dbias (+)= column sums of dy.</summary>
    void LinearWeightGradient(in Matrix x, in Matrix dy, in Matrix weightGradient, in Matrix biasGradient, bool accumulate);

    /// <summary>
    /// y = dropout(activation(scale * ([y +] convolution of x) + bias)); maps are [images * pixels, channels], weights have no gaps, scale and
    /// bias are [1, output channels] or none.
    /// </summary>
    void Convolve(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout);

    /// <summary>The same with the transposed convolution: x are the small maps, y the large ones, and scale and bias have their channels.</summary>
    void ConvolveTransposed(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout);

    /// <summary>dW (+)= the gradient of a convolution's weights, from the large maps and the gradient of the small ones, or the other way round.</summary>
    void ConvolutionWeightGradient(in Matrix large, in Matrix small, in Matrix weightGradient, in ConvolutionShape shape, bool accumulate);

    /// <summary>sums (+)= the sum of each column.</summary>
    void ColumnSums(in Matrix x, in Matrix sums, bool accumulate);

    /// <summary>y = the largest value or the mean of each window.</summary>
    void Pool(in Matrix x, in Matrix y, in PoolingShape shape, bool ofMeans);

    /// <summary>dx (+)= the gradient of <see cref="Pool"/>: to the first of the largest, or evenly.</summary>
    void PoolGradient(in Matrix x, in Matrix dy, in Matrix dx, in PoolingShape shape, bool ofMeans, bool accumulate);

    /// <summary>y = maps of x, of this height and width, with each pixel repeated in both directions.</summary>
    void Upsample(in Matrix x, in Matrix y, int height, int width, int factor);

    /// <summary>dx (+)= the sums over what became of each pixel.</summary>
    void UpsampleGradient(in Matrix dy, in Matrix dx, int height, int width, int factor, bool accumulate);

    /// <summary>
    /// v = W u / |W u|, then with <paramref name="iterate"/> u = Wᵀ v / |Wᵀ v|; sigma (1 x 1) is the norm divided by last and normalized
    /// W / sigma. Vectors are rows; no matrix has gaps.
    /// </summary>
    void SpectralNormalize(in Matrix weights, in Matrix u, bool iterate, in Matrix v, in Matrix sigma, in Matrix normalized);

    /// <summary>dW (+)= (G - sum(G * normalized) v uᵀ) / sigma, G being the gradient of what <see cref="SpectralNormalize"/> gave.</summary>
    void SpectralGradient(
        in Matrix gradient, in Matrix normalized, in Matrix u, in Matrix v, in Matrix sigma, in Matrix weightGradient, bool accumulate);

    /// <summary>y = activation(x).</summary>
    void Activate(in Matrix x, in Matrix y, Activation activation);

    /// <summary>dx (+)= dy * activation'(read off y), dropout included; dx may be dy.</summary>
    void ActivateGradient(in Matrix y, in Matrix dy, in Matrix dx, bool accumulate, Activation activation, in DropoutMask dropout);

    /// <summary>y = dropout(x).</summary>
    void Drop(in Matrix x, in Matrix y, in DropoutMask dropout);

    /// <summary>Mean and variance (divided by the count, not by one less) of each column or row, both [1, columns or rows].</summary>
    void MeanAndVariance(in Matrix x, bool ofRows, in Matrix mean, in Matrix variance);

    /// <summary>y = 1 / sqrt(x + epsilon) for one row; y may be x.</summary>
    void InverseRoot(in Matrix x, float epsilon, in Matrix y);

    /// <summary>y = dropout(activation(scale * (x - mean) * inverse + shift)), scale and shift being [1, columns].</summary>
    void Normalize(in Matrix x, in Moments moments, in Matrix scale, in Matrix shift, in Matrix y, Activation activation, in DropoutMask dropout);

    /// <summary>Column sums of dy * (x - mean) * inverse and of dy, both [1, columns].</summary>
    void NormalizeParameterGradient(in Matrix x, in Moments moments, in Matrix dy, in Matrix scaleGradient, in Matrix shiftGradient);

    /// <summary>
    /// dx (+)= scale * inverse * dy, less what reached y through the statistics: of rows always, of columns if the sums that
    /// <see cref="NormalizeParameterGradient"/> gave are given; dx may be dy.
    /// </summary>
    void NormalizeInputGradient(in Matrix x, in Moments moments, in Matrix scale, in Matrix dy,
        in Matrix scaleSums, in Matrix shiftSums, in Matrix dx, bool accumulate);

    /// <summary>Draws the bits of a mask over <paramref name="columns"/> columns.</summary>
    void DrawMask(in Matrix bits, int columns, float keepProbability, RandomStream stream);

    /// <summary>y ~ N(mean, deviation).</summary>
    void DrawNormal(in Matrix y, RandomStream stream, float mean, float deviation);

    /// <summary>y ~ U(low, high).</summary>
    void DrawUniform(in Matrix y, RandomStream stream, float low, float high);

    /// <summary>
    /// In each group y = softmax((logits + Gumbel noise) / temperature), without noise where there is no stream; elsewhere the sigmoid.
    /// </summary>
    void SampleCategories(in Matrix logits, ColumnGroups groups, float temperature, RandomStream? stream, in Matrix y);

    /// <summary>In each group 1 for the largest element, the first of equal ones, and 0 for the others; elsewhere y = x.</summary>
    void TakeLargest(in Matrix x, ColumnGroups groups, in Matrix y);

    /// <summary>dx (+)= the gradient of <see cref="SampleCategories"/>, read off its result y.</summary>
    void SampleCategoriesGradient(in Matrix y, ColumnGroups groups, float temperature, in Matrix dy, in Matrix dx, bool accumulate);

    /// <summary>Mean loss over all elements into a 1 x 1 matrix.</summary>
    void Loss(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix loss);

    /// <summary>dx (+)= upstream * d loss / d prediction, upstream being 1 x 1.</summary>
    void LossGradient(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix upstream, in Matrix dx, bool accumulate);

    /// <summary>y[r] = sum of |a - b| over row r, or where <paramref name="euclidean"/> the root of the sum of (a - b)²; no b stands for 0.</summary>
    void RowDistance(in Matrix a, in Matrix b, in Matrix y, bool euclidean);

    /// <summary>y = |rows - reconstruction| / |rows| and the cosine of both, [rows, 2]; norms that divide are at least 1e-6.</summary>
    void ReconstructionFeatures(in Matrix rows, in Matrix reconstruction, in Matrix y);

    /// <summary>dx += the gradient of <see cref="ReconstructionFeatures"/> with respect to the reconstruction.</summary>
    void ReconstructionFeaturesGradient(in Matrix rows, in Matrix reconstruction, in Matrix dy, in Matrix dx);

    /// <summary>
    /// Mean energy of points [rows, dimension] under the mixture of Gaussians that their memberships [rows, components] make, and the sum of
    /// the inverse variances, into a 1 x 2 matrix; the ridge stands on the diagonal of the covariances.
    /// </summary>
    void MixtureEnergy(in Matrix points, in Matrix memberships, float ridge, in Matrix loss);

    /// <summary>Adds the gradients of <see cref="MixtureEnergy"/> to those of points and memberships, upstream being 1 x 2.</summary>
    void MixtureEnergyGradient(
        in Matrix points, in Matrix memberships, float ridge, in Matrix upstream, in Matrix dPoints, in Matrix dMemberships);

    /// <summary>
    /// y[r] = -log sum_k of exp(c - |W (point - mu)|² / 2); row k of the mixture is c, then mu, then the lower triangular W row by row.
    /// </summary>
    void RowMixtureEnergy(in Matrix points, in Matrix mixture, in Matrix y);

    /// <summary>Sum of weight[column] * (x - target)² over the number of rows into a 1 x 1 matrix; weights are [1, columns].</summary>
    void WeightedSquaredError(in Matrix x, in Matrix target, in Matrix weights, in Matrix loss);

    /// <summary>dx (+)= upstream * d loss / d x, upstream being 1 x 1.</summary>
    void WeightedSquaredErrorGradient(
        in Matrix x, in Matrix target, in Matrix weights, in Matrix upstream, in Matrix dx, bool accumulate);

    /// <summary>Sum of the squares of all elements.</summary>
    double SumOfSquares(in Matrix x);

    /// <summary>True if no element is NaN or infinite.</summary>
    bool AllFinite(in Matrix x);

    /// <summary>One update of Adam over flat vectors; <paramref name="gradientScale"/> multiplies the gradients first.</summary>
    void Adam(in Matrix weights, in Matrix gradients, in Matrix firstMoment, in Matrix secondMoment,
        in AdamSettings settings, long step, float gradientScale);

    /// <summary>One update of Adadelta over flat vectors.</summary>
    void Adadelta(in Matrix weights, in Matrix gradients, in Matrix squares, in Matrix updates, in AdadeltaSettings settings);
}
