using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>What a reconstruction is trained by, and with it what its last layer can give.</summary>
public enum ReconstructionLoss
{
    /// <summary>Squared error of a linear output: for features of any range.</summary>
    SquaredError,

    /// <summary>Cross entropy of a sigmoid: for features in [0, 1], <see cref="InputScaling.MinMax"/> or <see cref="InputScaling.None"/>.</summary>
    CrossEntropy,
}

/// <summary>Losses and rows by the kind of reconstruction.</summary>
internal static class Reconstructions
{
    /// <summary>The loss of a decoder's outputs for rows.</summary>
    public static Tensor Of(this ReconstructionLoss loss, Tensor outputs, Tensor rows) => loss == ReconstructionLoss.CrossEntropy
        ? Functions.BinaryCrossEntropyWithLogits(outputs, rows)
        : Functions.MeanSquaredError(outputs, rows);

    /// <summary>The rows that a decoder's outputs stand for.</summary>
    public static Tensor RowsOf(this ReconstructionLoss loss, Tensor outputs) => loss == ReconstructionLoss.CrossEntropy ? Functions.Sigmoid(outputs) : outputs;

    /// <summary>Whether it suits features that are scaled so.</summary>
    public static bool Suits(this ReconstructionLoss loss, InputScaling scaling) =>
        loss == ReconstructionLoss.SquaredError || FeatureSpace.Of(scaling).IsBounded;
}
