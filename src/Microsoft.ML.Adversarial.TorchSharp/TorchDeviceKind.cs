namespace Microsoft.ML.Adversarial;

/// <summary>What LibTorch computes on.</summary>
public enum TorchDeviceKind
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>A graphics processor by CUDA.</summary>
    Cuda,
}
