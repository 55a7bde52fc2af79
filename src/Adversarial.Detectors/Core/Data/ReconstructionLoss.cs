namespace Adversarial.Detectors;

/// <summary>What a reconstruction is trained by, and with it what its last layer can give.</summary>
public enum ReconstructionLoss
{
    /// <summary>Squared error of a linear output: for features of any range.</summary>
    SquaredError,

    /// <summary>Cross entropy of a sigmoid: for features in [0, 1], <see cref="InputScaling.MinMax"/> or <see cref="InputScaling.None"/>.</summary>
    CrossEntropy,
}
