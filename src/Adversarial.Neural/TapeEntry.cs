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
    public ColumnGroups? Groups;
    public Activation Activation;
    public DropoutMask Dropout;
    public LossFunction Loss;
    public float Scalar;

    /// <summary>What the way forth keeps for the way back, laid out as the operation likes.</summary>
    public Matrix State;
}
