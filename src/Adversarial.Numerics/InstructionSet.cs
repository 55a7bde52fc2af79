namespace Adversarial.Numerics;

/// <summary>The families of code paths that the kernels are written for.</summary>
public enum InstructionSet
{
    /// <summary>Plain scalar loops: the oracle that the other paths are tested against.</summary>
    Reference,

    /// <summary>Vectors of four floats (SSE with FMA, AdvSimd).</summary>
    Vector128,

    /// <summary>Vectors of eight floats (AVX2 with FMA).</summary>
    Vector256,

    /// <summary>Vectors of sixteen floats (AVX-512).</summary>
    Vector512,
}
