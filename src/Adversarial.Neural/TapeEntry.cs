using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>One recorded operation: what it was, on what, and what its gradient needs to know.</summary>
internal struct TapeEntry
{
    public TapeEntry(Operation operation, int output, int a, int b = -1)
    {
        Operation = operation;
        Output = output;
        A = a;
        B = b;
    }

    public Operation Operation;
    public int Output;
    public int A;
    public int B;
    public Layer? Layer;
    public Activation Activation;
    public DropoutMask Dropout;
    public LossFunction Loss;
    public float Scalar;
}

/// <summary>How an operation carries gradient from its output to its inputs. Operations are stateless; one instance serves all tapes.</summary>
internal abstract class Operation
{
    public abstract void Backward(Tape tape, in TapeEntry entry);
}
