namespace Adversarial.Neural;

/// <summary>
/// What one pass through a spectrally normalised layer keeps for its way back: every pass has weights of its own, since training moves the
/// vectors with each.
/// </summary>
/// <param name="Block">One row that holds all of it.</param>
/// <param name="Inputs">Number of inputs of the layer.</param>
/// <param name="Outputs">Number of outputs.</param>
internal readonly record struct SpectralState(Matrix Block, int Inputs, int Outputs)
{
    public static int Length(int inputs, int outputs) => checked(inputs * outputs + inputs + outputs + 1);

    /// <summary>The weights over the singular value, [inputs, outputs].</summary>
    public Matrix Normalized => new(Block.Storage, Block.Offset, Inputs, Outputs, Outputs);

    public Matrix Left => Block.Slice(0, 1, Inputs * Outputs, Inputs);

    public Matrix Right => Block.Slice(0, 1, Inputs * Outputs + Inputs, Outputs);

    public Matrix Sigma => Block.Slice(0, 1, Inputs * Outputs + Inputs + Outputs, 1);
}
