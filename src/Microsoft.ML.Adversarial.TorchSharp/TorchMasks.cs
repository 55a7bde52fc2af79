using Adversarial.Neural;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Dropout masks by the place of their words in a storage. LibTorch has no operation on single bits, so that a mask is kept as truth values, true where an
/// element is dropped, and no words are written.
/// </summary>
internal sealed class TorchMasks : IDisposable
{
    private readonly List<Mask> _masks = [];

    private sealed record Mask(int Offset, int Rows, int Stride, TorchTensor Dropped)
    {
        public int End => Offset + Rows * Stride;
    }

    /// <summary>Keeps a mask of all elements [rows, columns]; masks in whose place it stands are gone.</summary>
    public void Set(in Matrix bits, TorchTensor dropped)
    {
        for (int i = _masks.Count - 1; i >= 0; i--)
        {
            if (_masks[i].Offset >= bits.Offset + bits.Rows * bits.Stride || _masks[i].End <= bits.Offset)
                continue;
            _masks[i].Dropped.Dispose();
            _masks.RemoveAt(i);
        }

        _masks.Add(new Mask(bits.Offset, bits.Rows, bits.Stride, dropped.DetachFromDisposeScope()));
    }

    /// <summary>The tensor of a mask at this very place, to be written anew; null where there is none.</summary>
    public TorchTensor? Find(in Matrix bits, int columns)
    {
        foreach (Mask mask in _masks)
        {
            if (mask.Offset == bits.Offset && mask.Rows == bits.Rows && mask.Stride == bits.Stride && mask.Dropped.shape[1] == columns)
                return mask.Dropped;
        }

        return null;
    }

    /// <summary>The mask, or rows of it.</summary>
    /// <exception cref="InvalidOperationException">None was drawn there.</exception>
    public TorchTensor Get(in Matrix bits)
    {
        foreach (Mask mask in _masks)
        {
            int from = bits.Offset - mask.Offset;
            if (from < 0 || mask.Stride != bits.Stride || from % mask.Stride != 0 || from / mask.Stride + bits.Rows > mask.Rows)
                continue;
            return bits.Rows == mask.Rows ? mask.Dropped : mask.Dropped.narrow(0, from / mask.Stride, bits.Rows);
        }

        throw new InvalidOperationException("A dropout mask is used that this device has not drawn.");
    }

    public void Dispose()
    {
        foreach (Mask mask in _masks)
            mask.Dropped.Dispose();
        _masks.Clear();
    }
}
