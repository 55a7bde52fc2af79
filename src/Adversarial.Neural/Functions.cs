using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>Functions on tensors, meant for <c>using static</c>: a method's step then reads like the paper.</summary>
public static partial class Functions
{
    /// <summary>1 / (1 + exp(-x)), element by element.</summary>
    public static Tensor Sigmoid(Tensor x) => ActivationOperation.Apply(x, Activation.Sigmoid);

    /// <summary>Hyperbolic tangent, element by element.</summary>
    public static Tensor Tanh(Tensor x) => ActivationOperation.Apply(x, Activation.Tanh);

    /// <summary>e^x, element by element; infinite above 88.7.</summary>
    public static Tensor Exp(Tensor x) => ActivationOperation.Apply(x, Activation.Exp);

    /// <summary>log(1 + e^x), element by element.</summary>
    public static Tensor Softplus(Tensor x) => ActivationOperation.Apply(x, Activation.Softplus);

    /// <summary>max(x, 0), element by element.</summary>
    public static Tensor Relu(Tensor x) => ActivationOperation.Apply(x, Activation.Relu);

    /// <summary>x where positive, else <paramref name="slope"/> * x.</summary>
    public static Tensor LeakyRelu(Tensor x, float slope) => ActivationOperation.Apply(x, Activation.LeakyRelu(slope));

    /// <summary><paramref name="scale"/> * x + <paramref name="offset"/>, element by element.</summary>
    public static Tensor Affine(Tensor x, float scale, float offset) => AffineOperation.Apply(x, scale, offset);

    /// <summary>Sets each element to zero with probability <paramref name="rate"/> and divides the others by 1 - rate.</summary>
    public static Tensor Drop(Tensor x, float rate, NoiseSource noise) => DropoutOperation.Apply(x, rate, noise);

    /// <summary>Matrices of equal row count side by side.</summary>
    public static Tensor ConcatenateColumns(params ReadOnlySpan<Tensor> parts)
    {
        int columns = 0;
        foreach (Tensor part in parts)
            columns += part.Columns;
        Tensor y = parts[0].Tape.Allocate(parts[0].Rows, columns);
        int at = 0;
        foreach (Tensor part in parts)
        {
            CopyOperation.Apply(part, y.SliceColumns(at, part.Columns));
            at += part.Columns;
        }

        return y;
    }

    /// <summary>Matrices of equal column count one under another.</summary>
    public static Tensor ConcatenateRows(params ReadOnlySpan<Tensor> parts)
    {
        int rows = 0;
        foreach (Tensor part in parts)
            rows += part.Rows;
        Tensor y = parts[0].Tape.Allocate(rows, parts[0].Columns);
        int at = 0;
        foreach (Tensor part in parts)
        {
            CopyOperation.Apply(part, y.SliceRows(at, part.Rows));
            at += part.Rows;
        }

        return y;
    }

    /// <summary>Each column minus its mean.</summary>
    public static Tensor CenterColumns(Tensor a) => CenterColumnsOperation.Apply(a);

    /// <summary>One over each element; elements are to be above 0.</summary>
    public static Tensor Reciprocal(Tensor a) => ReciprocalOperation.Apply(a);

    /// <summary>Root of the sum over the columns of a², a column [rows, 1] that carries gradient.</summary>
    public static Tensor RowNorm(Tensor a) => RowNormOperation.Apply(a);

    /// <summary>Mean over all elements.</summary>
    public static Tensor Mean(Tensor x) => LossOperation.Apply(LossFunction.Mean, x, null, 0);
}
