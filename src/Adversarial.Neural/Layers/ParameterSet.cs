namespace Adversarial.Neural;

/// <summary>
/// All parameters of one network in one flat vector, their gradients in another, and in a third what the layers keep without training it.
/// </summary>
public sealed class ParameterSet
{
    private readonly List<Layer> _reserved = [];
    private Layer[] _layers = [];
    private Storage? _values;
    private Storage? _gradients;
    private Storage? _buffers;

    internal ParameterSet(IDevice device) => Device = device;

    /// <summary>Where the parameters live.</summary>
    public IDevice Device { get; }

    /// <summary>Number of parameters.</summary>
    public int Count { get; private set; }

    /// <summary>Number of values that are kept but not trained.</summary>
    public int BufferCount { get; private set; }

    /// <summary>All values as one row.</summary>
    public Matrix Values => Matrix.Row(_values!, 0, Count);

    /// <summary>
    /// What belongs to the network's state but is not trained, as one row: running statistics, spectral vectors. None where there is
    /// nothing of the kind.
    /// </summary>
    public Matrix Buffers => _buffers is null ? default : Matrix.Row(_buffers, 0, BufferCount);

    /// <summary>The gradients of the last <see cref="Tape.Backward"/> that trained this set, as one row.</summary>
    public Matrix Gradients => Matrix.Row(GradientStorage, 0, Count);

    internal int Stamp { get; private set; }

    internal Storage ValueStorage => _values!;

    internal Storage GradientStorage => _gradients ??= Device.Allocate(Count);

    internal (int Offset, int BufferOffset) Reserve(Layer layer, int count, int bufferCount)
    {
        if (_values is not null)
            throw new InvalidOperationException("A layer was added to a network that is complete.");
        (int, int) offsets = (Count, BufferCount);
        _reserved.Add(layer);
        Count = checked(Count + count);
        BufferCount = checked(BufferCount + bufferCount);
        return offsets;
    }

    internal void Seal()
    {
        _layers = [.. _reserved];
        _values = Device.Allocate(Count);
        _buffers = BufferCount > 0 ? Device.Allocate(BufferCount) : null;
    }

    internal void BeginGradients(int stamp)
    {
        Stamp = stamp;
        _ = Gradients;
        foreach (Layer layer in _layers)
            layer.HasGradient = false;
    }

    internal void EndGradients()
    {
        Stamp = 0;
        foreach (Layer layer in _layers)
        {
            if (!layer.HasGradient)
                Device.Fill(layer.Gradients, 0);
        }
    }
}
