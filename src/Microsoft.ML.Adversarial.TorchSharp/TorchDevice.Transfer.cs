using System.Buffers;
using System.Runtime.InteropServices;
using Adversarial.Neural;
using Adversarial.Numerics;
using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <content>What comes from the processor and goes to it: rows, random numbers, masks.</content>
public sealed partial class TorchDevice
{
    /// <inheritdoc/>
    public void Upload(ReadOnlySpan<float> source, in Matrix destination)
    {
        if (!_isOfProcessor)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            View(destination).copy_(OnProcessor(source[..(destination.Rows * destination.Columns)], destination.Rows, destination.Columns));
            return;
        }

        Span<float> memory = StorageOf(destination).Memory(destination.Offset, destination.Extent);
        for (int r = 0; r < destination.Rows; r++)
            source.Slice(r * destination.Columns, destination.Columns).CopyTo(memory[(r * destination.Stride)..]);
    }

    /// <inheritdoc/>
    public void Download(in Matrix source, Span<float> destination)
    {
        if (!_isOfProcessor)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            TorchTensor copy = torch.empty(source.Rows, source.Columns, torch.float32);
            copy.copy_(View(source));
            FloatsOf(copy).CopyTo(destination);
            return;
        }

        ReadOnlySpan<float> memory = StorageOf(source).Memory(source.Offset, source.Extent);
        for (int r = 0; r < source.Rows; r++)
            memory.Slice(r * source.Stride, source.Columns).CopyTo(destination[(r * source.Columns)..]);
    }

    /// <inheritdoc/>
    public double ReadScalar(in Matrix source)
    {
        Span<float> value = stackalloc float[1];
        Download(source.Slice(0, 1, 0, 1), value);
        return value[0];
    }

    private static Span<float> FloatsOf(TorchTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private static TorchTensor OnProcessor(ReadOnlySpan<float> values, int rows, int columns)
    {
        TorchTensor tensor = torch.empty(rows, columns, torch.float32);
        values.CopyTo(FloatsOf(tensor));
        return tensor;
    }

    private TorchTensor OnDevice(ReadOnlySpan<float> values, int rows, int columns) => OnProcessor(values, rows, columns).to(_device);

    /// <inheritdoc/>
    public void DrawNormal(in Matrix y, RandomStream stream, float mean, float deviation) => Draw(RandomFill.Normal, stream, y, mean, deviation);

    /// <inheritdoc/>
    public void DrawUniform(in Matrix y, RandomStream stream, float low, float high) => Draw(RandomFill.Uniform, stream, y, low, high);

    private delegate void Filling(RandomStream stream, long firstIndex, Span<float> y, float first, float second);

    private void Draw(Filling fill, RandomStream stream, in Matrix y, float first, float second)
    {
        float[] values = ArrayPool<float>.Shared.Rent(y.Rows * y.Columns);
        Span<float> drawn = values.AsSpan(0, y.Rows * y.Columns);
        fill(stream, 0, drawn, first, second);
        Upload(drawn, y);
        ArrayPool<float>.Shared.Return(values);
    }

    /// <inheritdoc/>
    public void DrawMask(in Matrix bits, int columns, float keepProbability, RandomStream stream)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        int rows = bits.Rows, stride = Dropout.MaskStride(columns);
        uint[] words = ArrayPool<uint>.Shared.Rent(rows * stride);
        Dropout.FillMask(words.AsSpan(0, rows * stride), rows, columns, keepProbability, stream);
        TorchMasks masks = StorageOf(bits).Masks;
        TorchTensor? dropped = masks.Find(bits, columns);
        TorchTensor drawn = dropped is not null && _isOfProcessor ? dropped : torch.empty(rows, columns, torch.@bool);
        Unpack(words, rows, columns, drawn.bytes);
        ArrayPool<uint>.Shared.Return(words);
        if (dropped is null)
            masks.Set(bits, drawn.to(_device));
        else if (!_isOfProcessor)
            dropped.copy_(drawn);
    }

    // 1 where an element is dropped: where its bit is not set.
    private static void Unpack(ReadOnlySpan<uint> words, int rows, int columns, Span<byte> dropped)
    {
        int stride = Dropout.MaskStride(columns);
        for (int r = 0; r < rows; r++)
        {
            Span<byte> row = dropped.Slice(r * columns, columns);
            ReadOnlySpan<uint> bits = words.Slice(r * stride, stride);
            for (int c = 0; c < row.Length; c++)
                row[c] = (byte)(~(bits[c >> 5] >> (c & 31)) & 1);
        }
    }
}
