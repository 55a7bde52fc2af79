using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Adversarial.Neural;
using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <summary>A flat tensor, the views of it that operations have used, and the dropout masks that were drawn into it.</summary>
internal sealed class TorchStorage : Storage, IDisposable
{
    // Steps of equal batches use the same few views again and again; whatever else comes, there are never more.
    private const int MostViews = 1024;

    private readonly Dictionary<(int Offset, int Rows, int Columns, int Stride), TorchTensor> _views = [];
    private readonly TorchMasks _masks = new();
    private readonly TorchTensor _values;
    private readonly long _bytes;
    private readonly nint _memory;
    private bool _isDisposed;

    public TorchStorage(int length, torch.Device device, bool isOfProcessor)
    {
        Length = length;
        _values = torch.zeros(length, torch.float32, device).DetachFromDisposeScope();

        // Without it the collector would see a few bytes where there are megabytes, and come too late.
        _bytes = Math.Max(1, (long)sizeof(float) * length);
        GC.AddMemoryPressure(_bytes);
        if (isOfProcessor && length > 0)
            _memory = AddressOf(_values);
    }

    ~TorchStorage() => GC.RemoveMemoryPressure(_bytes);

    public override int Length { get; }

    public TorchMasks Masks => _isDisposed ? throw Gone() : _masks;

    public bool IsDisposed => _isDisposed;

    private static unsafe nint AddressOf(TorchTensor values) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values.bytes));

    /// <summary>The numbers themselves, from an index on: of a storage that the processor sees.</summary>
    public unsafe Span<float> Memory(int offset, int length) => _isDisposed ? throw Gone() : new Span<float>((float*)_memory + offset, length);

    /// <summary>The matrix as a tensor over the same memory; it is the storage's, and not to be disposed of.</summary>
    public TorchTensor View(in Matrix matrix)
    {
        if (_isDisposed)
            throw Gone();
        (int, int, int, int) place = (matrix.Offset, matrix.Rows, matrix.Columns, matrix.Stride);
        if (_views.TryGetValue(place, out TorchTensor? view))
            return view;
        if (matrix.Offset < 0 || matrix.Offset + (long)matrix.Extent > Length)
            throw new ArgumentOutOfRangeException(nameof(matrix), "The matrix lies outside of its memory.");

        // Not disposed of: the operation that asks may hold some of them.
        if (_views.Count == MostViews)
            _views.Clear();
        view = _values.as_strided([matrix.Rows, matrix.Columns], [matrix.Stride, 1], matrix.Offset).DetachFromDisposeScope();
        _views.Add(place, view);
        return view;
    }

    private static ObjectDisposedException Gone() => new(nameof(TorchDevice), "The memory went with its device when the training ended.");

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        GC.SuppressFinalize(this);
        GC.RemoveMemoryPressure(_bytes);
        foreach (TorchTensor view in _views.Values)
            view.Dispose();
        _views.Clear();
        _masks.Dispose();
        _values.Dispose();
    }
}
