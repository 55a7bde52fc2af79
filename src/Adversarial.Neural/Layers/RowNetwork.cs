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

    /// <summary>Sum of the widths of all hidden activations, as <see cref="Hidden"/> gives them.</summary>
    public abstract int HiddenWidth { get; }

    /// <summary>Number of columns of <see cref="Features"/>: the last hidden width, or <see cref="Inputs"/> where nothing is hidden.</summary>
    public abstract int FeatureWidth { get; }

    /// <summary>
    /// All hidden activations side by side into <paramref name="into"/> [rows, <see cref="HiddenWidth"/>]; the last of them is returned
    /// and <see cref="Output"/> carries on from there.
    /// </summary>
    public abstract Tensor Hidden(Tensor x, Tensor into, NoiseSource? noise = null);

    /// <summary>The last hidden activation, from which <see cref="Output"/> carries on.</summary>
    public abstract Tensor Features(Tensor x, NoiseSource? noise = null);

    /// <summary>The output layer on the last hidden activation.</summary>
    public abstract Tensor Output(Tensor lastHidden, Tensor? into = null, NoiseSource? noise = null);

    /// <summary>The output [rows, outputs]. <paramref name="noise"/> means training; <paramref name="into"/> is where the output goes.</summary>
    public abstract Tensor Forward(Tensor x, NoiseSource? noise = null, Tensor? into = null);

    /// <summary>
    /// d output / d <paramref name="x"/> [rows, inputs] of a network of one output, as part of the tape: a loss of it has gradients of the
    /// weights. Dropout is off. Exact for networks that are linear piece by piece, whose slopes change on no set of measure above 0.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// There is more than one output, a normalisation, another activation than (leaky) rectifiers, or a layer that is neither dense nor a convolution.
    /// </exception>
    public Tensor InputGradient(Tensor x) => Outputs == 1 ? GradientOfOutput(x) : throw new InvalidOperationException("Input gradients are for networks of one output.");

    private protected abstract Tensor GradientOfOutput(Tensor x);

    // What the way back begins with: the output's derivative by itself.
    private protected static Tensor Ones(Tensor x)
    {
        Tensor ones = x.Tape.Allocate(x.Rows, 1);
        x.Tape.Device.Fill(ones.Value, 1);
        return ones;
    }
}
