using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Adversarial.Numerics;
using NumericLosses = Adversarial.Numerics.Losses;

namespace Adversarial.Neural;

/// <summary>The processor in single precision, over the kernels of <c>Adversarial.Numerics</c>. One device serves one tape at a time.</summary>
public sealed partial class CpuDevice : IDevice
{
    private readonly WorkerGang _gang;
    private readonly WeightCopies _copies = new();
    private float[] _scratch = [];

    /// <summary>A device whose products are split over the workers of <paramref name="gang"/>; none means the calling thread.</summary>
    public CpuDevice(WorkerGang? gang = null) => _gang = gang ?? WorkerGang.Single;

    private sealed class FloatStorage(int length) : Storage
    {
        public readonly float[] Values = GC.AllocateArray<float>(length, pinned: true);

        /// <summary>Rises with every operation that writes here.</summary>
        public long Version;

        /// <summary>Whether it may be written past the device's operations.</summary>
        public bool IsOpen;

        public override int Length => Values.Length;
    }

    // What an operation reads; the compiler sees to it that nothing is written here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<float> Read(scoped in Matrix m) =>
        m.IsNone ? default : Unsafe.As<FloatStorage>(m.Storage).Values.AsSpan(m.Offset, m.Extent);

    // What an operation writes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<float> Write(scoped in Matrix m)
    {
        if (m.IsNone)
            return default;
        FloatStorage storage = Unsafe.As<FloatStorage>(m.Storage);
        storage.Version++;
        return storage.Values.AsSpan(m.Offset, m.Extent);
    }

    private static ReadOnlySpan<uint> Bits(scoped in DropoutMask mask) => MemoryMarshal.Cast<float, uint>(Read(mask.Bits));

    private PackedWeights? CopyOf(scoped in Matrix weights, bool isTransposed)
    {
        FloatStorage storage = Unsafe.As<FloatStorage>(weights.Storage);
        return storage.IsOpen ? null : _copies.Find(weights, storage.Version, isTransposed);
    }

    /// <summary>Lets go of the memory that operations have left to those to come.</summary>
    public void Trim()
    {
        _copies.Clear();
        _scratch = [];
    }

    private Span<float> Scratch(int length)
    {
        if (_scratch.Length < length)
            _scratch = GC.AllocateUninitializedArray<float>(length, pinned: true);
        return _scratch.AsSpan(0, length);
    }

    /// <inheritdoc/>
    public Storage Allocate(int length) => new FloatStorage(length);

    /// <summary>The values of a matrix of this device themselves, to be read and written in the place of copies; its rows lie a stride apart.</summary>
    public Span<float> Values(in Matrix matrix)
    {
        if (!matrix.IsNone)
            Unsafe.As<FloatStorage>(matrix.Storage).IsOpen = true;
        return Write(matrix);
    }

    /// <inheritdoc/>
    public void Upload(ReadOnlySpan<float> source, in Matrix destination) =>
        Elementwise.Copy(source, destination.Columns, Write(destination), destination.Stride, destination.Rows, destination.Columns);

    /// <inheritdoc/>
    public void Download(in Matrix source, Span<float> destination) =>
        Elementwise.Copy(Read(source), source.Stride, destination, source.Columns, source.Rows, source.Columns);

    /// <inheritdoc/>
    public double ReadScalar(in Matrix source) => Read(source)[0];

    /// <inheritdoc/>
    public void Fill(in Matrix y, float value)
    {
        Span<float> span = Write(y);
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
            Elementwise.Add(Read(x), x.Stride, scale, Write(y), y.Stride, y.Rows, y.Columns);
            return;
        }

        if (!(x.Storage == y.Storage && x.Offset == y.Offset))
            Elementwise.Copy(Read(x), x.Stride, Write(y), y.Stride, y.Rows, y.Columns);
        if (scale != 1)
            Elementwise.Scale(Write(y), y.Stride, y.Rows, y.Columns, scale);
    }

    /// <inheritdoc/>
    public void Multiply(in Matrix a, in Matrix b, in Matrix y, bool accumulate) =>
        Elementwise.Multiply(Read(a), a.Stride, Read(b), b.Stride, Write(y), y.Stride, y.Rows, y.Columns, accumulate);

    /// <inheritdoc/>
    public void Clamp(in Matrix x, float low, float high) => Elementwise.Clamp(Write(x), x.Stride, x.Rows, x.Columns, low, high);

    /// <inheritdoc/>
    public void Linear(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, bool accumulate, Activation activation,
        in DropoutMask dropout) =>
        Gemm.Forward(Read(x), x.Stride, Read(weights), weights.Stride, Read(bias), Write(y), y.Stride,
            x.Rows, weights.Rows, weights.Columns, activation, Bits(dropout), dropout.Scale, _gang, accumulate, Read(scale),
            CopyOf(weights, isTransposed: false));

    /// <inheritdoc/>
    public void LinearInputGradient(in Matrix dy, in Matrix weights, in Matrix dx, bool accumulate,
        in Matrix activated, Activation activation, in DropoutMask dropout) =>
        Gemm.InputGradient(Read(dy), dy.Stride, Read(weights), weights.Stride, Write(dx), dx.Stride,
            dy.Rows, weights.Rows, weights.Columns, accumulate, Read(activated), activated.Stride, activation, Bits(dropout), dropout.Scale,
            Scratch(Gemm.InputGradientScratch(weights.Rows, weights.Columns)), _gang, CopyOf(weights, isTransposed: true));

    /// <inheritdoc/>
    public void LinearWeightGradient(in Matrix x, in Matrix dy, in Matrix weightGradient, in Matrix biasGradient, bool accumulate) =>
        Gemm.WeightGradient(Read(x), x.Stride, Read(dy), dy.Stride, Write(weightGradient), weightGradient.Stride, Write(biasGradient),
            x.Rows, x.Columns, dy.Columns, accumulate, Scratch(Gemm.WeightGradientScratch(x.Rows, x.Columns, dy.Columns)), _gang);

    /// <inheritdoc/>
    public void Activate(in Matrix x, in Matrix y, Activation activation) =>
        Activations.Forward(Read(x), x.Stride, Write(y), y.Stride, y.Rows, y.Columns, activation, _gang);

    /// <inheritdoc/>
    public void ActivateGradient(in Matrix y, in Matrix dy, in Matrix dx, bool accumulate, Activation activation, in DropoutMask dropout) =>
        Activations.Backward(Read(y), y.Stride, Read(dy), dy.Stride, Write(dx), dx.Stride, y.Rows, y.Columns, activation,
            Bits(dropout), dropout.Scale, accumulate, _gang);

    /// <inheritdoc/>
    public void Drop(in Matrix x, in Matrix y, in DropoutMask dropout) =>
        Dropout.Apply(Read(x), x.Stride, Bits(dropout), dropout.Scale, Write(y), y.Stride, y.Rows, y.Columns, _gang);

    /// <inheritdoc/>
    public void DrawMask(in Matrix bits, int columns, float keepProbability, RandomStream stream) =>
        Dropout.FillMask(MemoryMarshal.Cast<float, uint>(Write(bits)), bits.Rows, columns, keepProbability, stream, gang: _gang);

    /// <inheritdoc/>
    public void DrawNormal(in Matrix y, RandomStream stream, float mean, float deviation)
    {
        Span<float> span = Write(y);
        for (int r = 0; r < RowRuns(y, out int length); r++)
            RandomFill.Normal(stream, (long)r * length, span.Slice(r * y.Stride, length), mean, deviation);
    }

    /// <inheritdoc/>
    public void DrawUniform(in Matrix y, RandomStream stream, float low, float high)
    {
        Span<float> span = Write(y);
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
        Write(loss)[0] = (float)NumericLosses.Value(function, Read(prediction), prediction.Stride,
            Read(target.Values), target.Values.Stride, target.Constant, prediction.Rows, prediction.Columns);

    /// <inheritdoc/>
    public void LossGradient(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix upstream, in Matrix dx, bool accumulate) =>
        NumericLosses.Gradient(function, Read(prediction), prediction.Stride,
            Read(target.Values), target.Values.Stride, target.Constant, Read(upstream)[0], Write(dx), dx.Stride,
            prediction.Rows, prediction.Columns, accumulate);

    /// <inheritdoc/>
    public void RowDistance(in Matrix a, in Matrix b, in Matrix y, bool euclidean)
    {
        if (euclidean)
            Numerics.RowDistance.Euclidean(Read(a), a.Stride, Read(b), b.Stride, Write(y), y.Stride, a.Rows, a.Columns);
        else
            Numerics.RowDistance.Absolute(Read(a), a.Stride, Read(b), b.Stride, Write(y), y.Stride, a.Rows, a.Columns);
    }

    /// <inheritdoc/>
    public void WeightedSquaredError(in Matrix x, in Matrix target, in Matrix weights, in Matrix loss) =>
        Write(loss)[0] = (float)Numerics.WeightedSquaredError.Value(
            Read(x), x.Stride, Read(target), target.Stride, Read(weights), x.Rows, x.Columns);

    /// <inheritdoc/>
    public void WeightedSquaredErrorGradient(
        in Matrix x, in Matrix target, in Matrix weights, in Matrix upstream, in Matrix dx, bool accumulate) =>
        Numerics.WeightedSquaredError.Gradient(Read(x), x.Stride, Read(target), target.Stride, Read(weights), Read(upstream)[0],
            Write(dx), dx.Stride, x.Rows, x.Columns, accumulate);

    /// <inheritdoc/>
    public double SumOfSquares(in Matrix x) => Reductions.SumOfSquares(Read(x));

    /// <inheritdoc/>
    public bool AllFinite(in Matrix x) => Reductions.AllFinite(Read(x));

    /// <inheritdoc/>
    public void Adam(in Matrix weights, in Matrix gradients, in Matrix firstMoment, in Matrix secondMoment,
        in AdamSettings settings, long step, float gradientScale) =>
        AdamKernel.Update(Write(weights), Read(gradients), Write(firstMoment), Write(secondMoment),
            settings.LearningRate, settings.Beta1, settings.Beta2, settings.Epsilon, step, gradientScale, _gang);

    /// <inheritdoc/>
    public void Adadelta(in Matrix weights, in Matrix gradients, in Matrix squares, in Matrix updates, in AdadeltaSettings settings) =>
        AdadeltaKernel.Update(Write(weights), Read(gradients), Write(squares), Write(updates), settings.LearningRate, settings.Rho, settings.Epsilon);
}
