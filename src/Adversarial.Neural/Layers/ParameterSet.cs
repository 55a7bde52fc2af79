namespace Adversarial.Neural;

/// <summary>All parameters of one network in one flat vector, and their gradients in another.</summary>
public sealed class ParameterSet
{
    private readonly List<Linear> _layers = [];
    private Storage? _values;
    private Storage? _gradients;

    internal ParameterSet(IDevice device) => Device = device;

    /// <summary>Where the parameters live.</summary>
    public IDevice Device { get; }

    /// <summary>Number of parameters.</summary>
    public int Count { get; private set; }

    /// <summary>All values as one row.</summary>
    public Matrix Values => Matrix.Row(_values!, 0, Count);

    /// <summary>The gradients of the last <see cref="Tape.Backward"/> that trained this set, as one row.</summary>
    public Matrix Gradients => Matrix.Row(_gradients ??= Device.Allocate(Count), 0, Count);

    internal int Stamp { get; private set; }

    internal Storage ValueStorage => _values!;

    internal Storage GradientStorage => Gradients.Storage;

    internal int Reserve(Linear layer)
    {
        int offset = Count;
        _layers.Add(layer);
        Count = checked(Count + layer.Inputs * layer.Outputs + layer.Outputs);
        return offset;
    }

    internal void Seal() => _values = Device.Allocate(Count);

    internal void BeginGradients(int stamp)
    {
        Stamp = stamp;
        _ = Gradients;
        foreach (Linear layer in _layers)
            layer.HasGradient = false;
    }

    internal void EndGradients()
    {
        Stamp = 0;
        foreach (Linear layer in _layers)
        {
            if (layer.HasGradient)
                continue;
            Device.Fill(layer.WeightGradient, 0);
            Device.Fill(layer.BiasGradient, 0);
        }
    }
}
