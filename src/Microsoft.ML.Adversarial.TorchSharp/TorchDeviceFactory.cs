using Adversarial.Neural;

namespace Microsoft.ML.Adversarial;

/// <summary>Has networks trained by LibTorch: for <see cref="global::Adversarial.Detectors.NetworkDetectorOptions.TrainingDevice"/>.</summary>
public sealed class TorchDeviceFactory : IDeviceFactory
{
    private readonly TorchDeviceKind _kind;
    private readonly int _index;

    /// <summary>Chooses the device.</summary>
    /// <param name="kind">The processor or a GPU.</param>
    /// <param name="index">Which GPU, from 0; 0 for the processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not defined, or the index is out of range.</exception>
    public TorchDeviceFactory(TorchDeviceKind kind, int index = 0)
    {
        TorchDevice.RequireValid(kind, index);
        (_kind, _index) = (kind, index);
    }

    /// <inheritdoc/>
    public string Name => _kind == TorchDeviceKind.Cpu ? "torch cpu" : $"torch cuda:{_index}";

    /// <inheritdoc/>
    public IDevice CreateDevice() => new TorchDevice(_kind, _index);
}
