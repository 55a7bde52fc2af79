namespace Adversarial.Neural;

/// <summary>A network that takes rows and gives rows, whatever stands in between. A noise source given to a pass means training, none means scoring.</summary>
public abstract class RowNetwork : Network
{
    private protected RowNetwork(IDevice device, string name)
        : base(device, name)
    {
    }

    /// <summary>Number of columns it takes.</summary>
    public abstract int Inputs { get; }

    /// <summary>Number of columns it gives.</summary>
    public abstract int Outputs { get; }

    /// <summary>Multiply-adds of the products for one row, forward.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>The output [rows, outputs]. <paramref name="noise"/> means training; <paramref name="into"/> is where the output goes.</summary>
    public abstract Tensor Forward(Tensor x, NoiseSource? noise = null, Tensor? into = null);
}
