using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// One recorded operation: what it was, on what, and what its gradient needs to know. Entries are written where they stay: copies of
/// references into the heap are most of what recording costs.
/// </summary>
internal struct TapeEntry
{
    public Operation Operation;
    public int Output;
    public int A;

    /// <summary>The second input, or -1.</summary>
    public int B;
    public Layer? Layer;
    public ColumnGroups? Groups;
    public Activation Activation;
    public DropoutMask Dropout;
    public LossFunction Loss;
    public float Scalar;

    /// <summary>What the way forth keeps for the way back, laid out as the operation likes.</summary>
    public Matrix State;

    /// <summary>What the way back through a layer needs; mask and state may be none.</summary>
    public void Set(Layer layer, Activation activation, in DropoutMask dropout, in Matrix state)
    {
        Layer = layer;
        Activation = activation;
        if (!dropout.Bits.IsNone)
            Dropout = dropout;
        if (!state.IsNone)
            State = state;
    }
}
