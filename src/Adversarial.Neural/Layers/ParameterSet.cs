namespace Adversarial.Neural;

/// <summary>
/// All parameters of one network in one flat vector, their gradients in another, and in a third what the layers keep without training it.
/// Memory is taken at the first use: the sizes of a network that is never used cost nothing to know.
/// </summary>
public sealed class ParameterSet
{
    private readonly List<Layer> _reserved = [];
    private Layer[]? _layers;
    private Storage? _values;
    private Storage? _gradients;
    private Storage? _buffers;

    internal ParameterSet(IDevice device) => Device = device;

    /// <summary>Where the parameters live.</summary>
    public IDevice Device { get; }

    /// <summary>Number of parameters.</summary>
    /// <exception cref="InvalidOperationException">There are more than one vector holds.</exception>
    public int Count => Fitting(LongCount);

    /// <summary>Number of values that are kept but not trained.</summary>
    /// <exception cref="InvalidOperationException">There are more than one vector holds.</exception>
    public int BufferCount => Fitting(LongBufferCount);

    /// <summary>Number of parameters, however many; none is allocated for the answer.</summary>
    public long LongCount { get; private set; }

    /// <summary>Number of values that are kept but not trained, however many; none is allocated for the answer.</summary>
    public long LongBufferCount { get; private set; }

    /// <summary>All values as one row.</summary>
    public Matrix Values => Matrix.Row(ValueStorage, 0, Count);

    /// <summary>
    /// What belongs to the network's state but is not trained, as one row: running statistics, spectral vectors. None where there is
    /// nothing of the kind.
    /// </summary>
    public Matrix Buffers => LongBufferCount == 0 ? default : Matrix.Row(_buffers ??= Allocate(BufferCount), 0, BufferCount);

    /// <summary>The gradients of the last <see cref="Tape.Backward"/> that trained this set, as one row.</summary>
    public Matrix Gradients => Matrix.Row(GradientStorage, 0, Count);

    /// <summary>Lets go of the gradients' memory, which is taken anew where they are wanted again.</summary>
    public void ReleaseGradients() => _gradients = null;

    internal int Stamp { get; private set; }

    internal Storage ValueStorage => _values ??= Allocate(Count);

    internal Storage GradientStorage => _gradients ??= Allocate(Count);

    // Offsets beyond the range of int are of no use, and of no harm: such a set gives no storage.
    internal (int Offset, int BufferOffset) Reserve(Layer layer, long count, long bufferCount)
    {
        if (_layers is not null)
            throw new InvalidOperationException("A layer was added to a network that is complete.");
        (int, int) offsets = ((int)LongCount, (int)LongBufferCount);
        _reserved.Add(layer);
        LongCount = checked(LongCount + count);
        LongBufferCount = checked(LongBufferCount + bufferCount);
        return offsets;
    }

    internal void Seal() => _layers = [.. _reserved];

    private Storage Allocate(int length) => _layers is null
        ? throw new InvalidOperationException("A network was used before it was complete.")
        : Device.Allocate(length);

    /// <summary>What is wrong with the values that are not trained, or null: for content that came from outside.</summary>
    internal string? FindUnsoundBuffer()
    {
        foreach (Layer layer in _layers!)
        {
            if (layer.FindUnsoundBuffer() is { } fault)
                return fault;
        }

        return null;
    }

    private static int Fitting(long count) => count <= Array.MaxLength
        ? (int)count
        : throw new InvalidOperationException($"A network of {count:N0} parameters is too large: one may have {Array.MaxLength:N0}.");

    internal void BeginGradients(int stamp)
    {
        Stamp = stamp;
        _ = Gradients;
        foreach (Layer layer in _layers!)
            layer.HasGradient = false;
    }

    internal void EndGradients()
    {
        Stamp = 0;
        foreach (Layer layer in _layers!)
        {
            if (!layer.HasGradient)
                Device.Fill(layer.Gradients, 0);
        }
    }
}
