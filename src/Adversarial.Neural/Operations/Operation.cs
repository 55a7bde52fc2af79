using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>How an operation carries gradient from its output to its inputs. Operations are stateless; one instance serves all tapes.</summary>
internal abstract class Operation
{
    /// <summary>
    /// Whether the result is dropout(activation(...)) of the entry's activation and mask, and the way back starts with their derivative:
    /// then the result's only consumer may have done that already.
    /// </summary>
    public virtual bool EndsInActivation => false;

    /// <summary>Whether the way back reads the values of the inputs.</summary>
    public virtual bool ReadsInputs => true;

    /// <summary>Whether the result can be made again from the first input and what the entry keeps, at little cost and to the same bits.</summary>
    public virtual bool CanRepeat => false;

    /// <summary>Makes the result of an entry again.</summary>
    public virtual void Repeat(Tape tape, in TapeEntry entry, in Matrix result) => throw new InvalidOperationException("This operation is not repeated.");

    public abstract void Backward(Tape tape, in TapeEntry entry);

    /// <summary>Takes the gradient of the entry's output back through dropout and activation, if that has not been done.</summary>
    protected static Matrix BeforeActivation(Tape tape, in TapeEntry entry)
    {
        Matrix dy = tape.GradientOf(entry.Output);
        bool plain = entry.Activation.Kind == ActivationKind.Identity && entry.Dropout.Bits.IsNone;
        if (!plain && !tape.IsDerivativeFused(entry.Output))
            tape.Device.ActivateGradient(tape.NodeOf(entry.Output).Value, dy, dy, accumulate: false, entry.Activation, entry.Dropout);
        return dy;
    }

    /// <summary>The place for a result of so many rows and columns.</summary>
    protected static Tensor Place(Tape tape, Tensor? into, int rows, int columns)
    {
        if (into is not { } y)
            return tape.Allocate(rows, columns);
        if (y.Rows != rows || y.Columns != columns)
            throw WrongPlace(y, rows, columns);
        return y;
    }

    // Messages are made outside of what is called often: the compiler would sooner inline them than the rest.
    private static ArgumentException WrongPlace(Tensor y, int rows, int columns) =>
        new($"The output is {rows} x {columns}, the place for it {y.Rows} x {y.Columns}.");

    /// <summary>Draws a dropout mask; none without noise or at a rate of 0.</summary>
    protected static DropoutMask DrawMask(Tape tape, int rows, int columns, float rate, NoiseSource? noise)
    {
        if (noise is null || rate <= 0)
            return default;
        var mask = new DropoutMask(tape.AllocateRaw(rows, Dropout.MaskStride(columns)), 1 / (1 - rate));
        tape.Device.DrawMask(mask.Bits, columns, 1 - rate, noise.Next());
        return mask;
    }
}
