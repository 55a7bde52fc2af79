namespace Adversarial.Detectors;

/// <summary>Where DA3D takes its synthetic anomalies from; trivial ones, N(0.5, 1) in the input space, are always used.</summary>
public enum Da3dGenerator
{
    /// <summary>A generator that learns against the alarm and a critic (the paper's DA3D).</summary>
    Advanced,

    /// <summary>N(0, sigma) in the code space (the paper's "simple" column, which includes trivial anomalies).</summary>
    Simple,

    /// <summary>Nothing else: trivial anomalies alone.</summary>
    Trivial,
}

/// <summary>Whose hidden activations the alarm reads.</summary>
public enum Da3dActivationSource
{
    /// <summary>The decoder's (the paper's choice).</summary>
    Decoder,

    /// <summary>The encoder's.</summary>
    Encoder,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>The last activation of the two critics.</summary>
public enum Da3dCriticOutput
{
    /// <summary>Unbounded, as in a Wasserstein critic.</summary>
    Linear,

    /// <summary>In (0, 1), as in the authors' code.</summary>
    Sigmoid,
}

/// <summary>What keeps the critics in bounds.</summary>
public enum Da3dClipping
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The global norm of the gradients of critics, generator and encoder (adversarial step), as in the authors' code.</summary>
    GradientNorm,

    /// <summary>Each weight of the critics, as the paper's text says.</summary>
    Weights,
}

/// <summary>What the code critic and the encoder play for while the autoencoder is trained.</summary>
public enum Da3dCodeLoss
{
    /// <summary>Cross entropy, non-saturating, as in the adversarial autoencoder's paper (Makhzani et al. 2016).</summary>
    CrossEntropy,

    /// <summary>Difference of mean critic outputs, with <see cref="Da3dOptions.Clipping"/>, as in the authors' code.</summary>
    Wasserstein,
}
