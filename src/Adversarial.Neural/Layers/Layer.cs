namespace Adversarial.Neural;

/// <summary>A part of a network that owns parameters, and perhaps numbers that are kept but not trained.</summary>
public abstract class Layer
{
    private readonly int _offset;
    private readonly long _count;
    private readonly int _bufferOffset;

    /// <summary>Reserves <paramref name="count"/> parameters and <paramref name="bufferCount"/> numbers that are not trained.</summary>
    private protected Layer(ParameterSet parameters, long count, long bufferCount = 0)
    {
        Parameters = parameters;
        _count = count;
        (_offset, _bufferOffset) = parameters.Reserve(this, count, bufferCount);
    }

    /// <summary>The network's parameters, of which this layer's are a part.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Sets the values that training starts from, drawn from <paramref name="stream"/> where they are random.</summary>
    public abstract void Initialize(Numerics.RandomStream stream);

    /// <summary>What is wrong with this layer's numbers that are not trained, or null.</summary>
    internal virtual string? FindUnsoundBuffer() => null;

    internal Matrix Gradients => Gradient(0, 1, (int)_count);

    internal bool HasGradient { get; set; }

    /// <summary>Whether a gradient stands here already; from now on one does.</summary>
    internal bool TakeGradientStamp()
    {
        bool before = HasGradient;
        HasGradient = true;
        return before;
    }

    /// <summary>Some of this layer's parameters as a matrix.</summary>
    private protected Matrix Value(int at, int rows, int columns) => new(Parameters.ValueStorage, _offset + at, rows, columns, columns);

    /// <summary>The gradients of some of this layer's parameters.</summary>
    private protected Matrix Gradient(int at, int rows, int columns) => new(Parameters.GradientStorage, _offset + at, rows, columns, columns);

    /// <summary>Some of this layer's numbers that are not trained, as one row.</summary>
    private protected Matrix Buffer(int at, int length) => Parameters.Buffers.Slice(0, 1, _bufferOffset + at, length);
}
