using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Adversarial.Numerics;
using NumericLosses = Adversarial.Numerics.Losses;

namespace Adversarial.Neural;

/// <summary>The processor in single precision, over the kernels of <c>Adversarial.Numerics</c>. One device serves one tape at a time.</summary>
public sealed partial class CpuDevice : IDevice
{
    private readonly WorkerGang _gang;
    private float[] _scratch = [];

    /// <summary>A device whose products are split over the workers of <paramref name="gang"/>; none means the calling thread.</summary>
    public CpuDevice(WorkerGang? gang = null) => _gang = gang ?? WorkerGang.Single;

    private sealed class FloatStorage(int length) : Storage
    {
        public readonly float[] Values = GC.AllocateArray<float>(length, pinned: true);

        public override int Length => Values.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<float> Span(scoped in Matrix m) => m.IsNone ? default : Unsafe.As<FloatStorage>(m.Storage).Values.AsSpan(m.Offset, m.Extent);

    private static Span<uint> Bits(scoped in DropoutMask mask) => MemoryMarshal.Cast<float, uint>(Span(mask.Bits));

    private Span<float> Scratch(int length)
    {
        if (_scratch.Length < length)
            _scratch = GC.AllocateUninitializedArray<float>(length, pinned: true);
        return _scratch.AsSpan(0, length);
    }

    /// <inheritdoc/>
    public Storage Allocate(int length) => new FloatStorage(length);

    /// <summary>The values of a matrix of this device themselves, to be read and written in the place of copies; its rows lie a stride apart.</summary>
    public Span<float> Values(in Matrix matrix) => Span(matrix);

    /// <inheritdoc/>
    public void Upload(ReadOnlySpan<float> source, in Matrix destination) =>
        Elementwise.Copy(source, destination.Columns, Span(destination), destination.Stride, destination.Rows, destination.Columns);

    /// <inheritdoc/>
    public void Download(in Matrix source, Span<float> destination) =>
        Elementwise.Copy(Span(source), source.Stride, destination, source.Columns, source.Rows, source.Columns);

    /// <inheritdoc/>
    public double ReadScalar(in Matrix source) => Span(source)[0];

    /// <inheritdoc/>
    public void Fill(in Matrix y, float value)
    {
        Span<float> span = Span(y);
        if (y.Stride == y.Columns)
        {
            span.Fill(value);
            return;
        }

        for (int r = 0; r < y.Rows; r++)
            span.Slice(r * y.Stride, y.Columns).Fill(value);
    }

    /// <inheritdoc/>
    public void Add(in Matrix x, float scale, in Matrix y, bool accumulate)
    {
        if (accumulate)
        {
            Elementwise.Add(Span(x), x.Stride, scale, Span(y), y.Stride, y.Rows, y.Columns);
            return;
        }

        if (!(x.Storage == y.Storage && x.Offset == y.Offset))
            Elementwise.Copy(Span(x), x.Stride, Span(y), y.Stride, y.Rows, y.Columns);
        if (scale != 1)
            Elementwise.Scale(Span(y), y.Stride, y.Rows, y.Columns, scale);
    }

    /// <inheritdoc/>
    public void Multiply(in Matrix a, in Matrix b, in Matrix y, bool accumulate) =>
        Elementwise.Multiply(Span(a), a.Stride, Span(b), b.Stride, Span(y), y.Stride, y.Rows, y.Columns, accumulate);

    /// <inheritdoc/>
    public void Clamp(in Matrix x, float low, float high) => Elementwise.Clamp(Span(x), x.Stride, x.Rows, x.Columns, low, high);

    /// <inheritdoc/>
    public void Linear(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, bool accumulate, Activation activation,
        in DropoutMask dropout) =>
        Gemm.Forward(Span(x), x.Stride, Span(weights), weights.Stride, Span(bias), Span(y), y.Stride,
            x.Rows, weights.Rows, weights.Columns, activation, Bits(dropout), dropout.Scale, _gang, accumulate, Span(scale));

    /// <inheritdoc/>
    public void LinearInputGradient(in Matrix dy, in Matrix weights, in Matrix dx, bool accumulate,
        in Matrix activated, Activation activation, in DropoutMask dropout) =>
        Gemm.InputGradient(Span(dy), dy.Stride, Span(weights), weights.Stride, Span(dx), dx.Stride,
            dy.Rows, weights.Rows, weights.Columns, accumulate, Span(activated), activated.Stride, activation, Bits(dropout), dropout.Scale,
            Scratch(Gemm.InputGradientScratch(weights.Rows, weights.Columns)), _gang);

    /// <inheritdoc/>
    public void LinearWeightGradient(in Matrix x, in Matrix dy, in Matrix weightGradient, in Matrix biasGradient, bool accumulate) =>
        Gemm.WeightGradient(Span(x), x.Stride, Span(dy), dy.Stride, Span(weightGradient), weightGradient.Stride, Span(biasGradient),
            x.Rows, x.Columns, dy.Columns, accumulate, Scratch(Gemm.WeightGradientScratch(x.Rows, x.Columns, dy.Columns)), _gang);

    /// <inheritdoc/>
    public void Activate(in Matrix x, in Matrix y, Activation activation) =>
        Activations.Forward(Span(x), x.Stride, Span(y), y.Stride, y.Rows, y.Columns, activation, _gang);

    /// <inheritdoc/>
    public void ActivateGradient(in Matrix y, in Matrix dy, in Matrix dx, bool accumulate, Activation activation, in DropoutMask dropout) =>
        Activations.Backward(Span(y), y.Stride, Span(dy), dy.Stride, Span(dx), dx.Stride, y.Rows, y.Columns, activation,
            Bits(dropout), dropout.Scale, accumulate, _gang);

    /// <inheritdoc/>
    public void Drop(in Matrix x, in Matrix y, in DropoutMask dropout) =>
        Dropout.Apply(Span(x), x.Stride, Bits(dropout), dropout.Scale, Span(y), y.Stride, y.Rows, y.Columns, _gang);

    /// <inheritdoc/>
    public void DrawMask(in Matrix bits, int columns, float keepProbability, RandomStream stream) =>
        Dropout.FillMask(MemoryMarshal.Cast<float, uint>(Span(bits)), bits.Rows, columns, keepProbability, stream, gang: _gang);

    /// <inheritdoc/>
    public void DrawNormal(in Matrix y, RandomStream stream, float mean, float deviation)
    {
        Span<float> span = Span(y);
        for (int r = 0; r < RowRuns(y, out int length); r++)
            RandomFill.Normal(stream, (long)r * length, span.Slice(r * y.Stride, length), mean, deviation);
    }

    /// <inheritdoc/>
    public void DrawUniform(in Matrix y, RandomStream stream, float low, float high)
    {
        Span<float> span = Span(y);
        for (int r = 0; r < RowRuns(y, out int length); r++)
            RandomFill.Uniform(stream, (long)r * length, span.Slice(r * y.Stride, length), low, high);
    }

    // A matrix without gaps is one run, any other one run a row; the stream is read in row-major order either way.
    private static int RowRuns(in Matrix y, out int length)
    {
        bool dense = y.Stride == y.Columns;
        length = dense ? y.Rows * y.Columns : y.Columns;
        return dense ? 1 : y.Rows;
    }

    /// <inheritdoc/>
    public void Loss(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix loss) =>
        Span(loss)[0] = (float)NumericLosses.Value(function, Span(prediction), prediction.Stride,
            Span(target.Values), target.Values.Stride, target.Constant, prediction.Rows, prediction.Columns);

    /// <inheritdoc/>
    public void LossGradient(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix upstream, in Matrix dx, bool accumulate) =>
        NumericLosses.Gradient(function, Span(prediction), prediction.Stride,
            Span(target.Values), target.Values.Stride, target.Constant, Span(upstream)[0], Span(dx), dx.Stride,
            prediction.Rows, prediction.Columns, accumulate);

    /// <inheritdoc/>
    public void RowDistance(in Matrix a, in Matrix b, in Matrix y, bool euclidean)
    {
        if (euclidean)
            Numerics.RowDistance.Euclidean(Span(a), a.Stride, Span(b), b.Stride, Span(y), y.Stride, a.Rows, a.Columns);
        else
            Numerics.RowDistance.Absolute(Span(a), a.Stride, Span(b), b.Stride, Span(y), y.Stride, a.Rows, a.Columns);
    }

    /// <inheritdoc/>
    public void WeightedSquaredError(in Matrix x, in Matrix target, in Matrix weights, in Matrix loss) =>
        Span(loss)[0] = (float)Numerics.WeightedSquaredError.Value(
            Span(x), x.Stride, Span(target), target.Stride, Span(weights), x.Rows, x.Columns);

    /// <inheritdoc/>
    public void WeightedSquaredErrorGradient(
        in Matrix x, in Matrix target, in Matrix weights, in Matrix upstream, in Matrix dx, bool accumulate) =>
        Numerics.WeightedSquaredError.Gradient(Span(x), x.Stride, Span(target), target.Stride, Span(weights), Span(upstream)[0],
            Span(dx), dx.Stride, x.Rows, x.Columns, accumulate);

    /// <inheritdoc/>
    public double SumOfSquares(in Matrix x) => Reductions.SumOfSquares(Span(x));

    /// <inheritdoc/>
    public bool AllFinite(in Matrix x) => Reductions.AllFinite(Span(x));

    /// <inheritdoc/>
    public void Adam(in Matrix weights, in Matrix gradients, in Matrix firstMoment, in Matrix secondMoment,
        in AdamSettings settings, long step, float gradientScale) =>
        AdamKernel.Update(Span(weights), Span(gradients), Span(firstMoment), Span(secondMoment),
            settings.LearningRate, settings.Beta1, settings.Beta2, settings.Epsilon, step, gradientScale, _gang);
}
