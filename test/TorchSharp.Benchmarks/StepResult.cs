namespace Adversarial.Benchmarks;

/// <summary>What one case gave: times in milliseconds are medians over turns, ratios medians of the turns' ratios, the other's time over the library's.</summary>
/// <param name="Name">The networks.</param>
/// <param name="Milliseconds">A step on the engine's own kernels.</param>
/// <param name="Device">The same step on LibTorch's device.</param>
/// <param name="DeviceRatio">Its time over the engine's.</param>
/// <param name="Program">The step as a program on TorchSharp has it, or none.</param>
/// <param name="ProgramRatio">Its time over the engine's.</param>
internal sealed record StepResult(string Name, double Milliseconds, double Device, double DeviceRatio, double? Program, double? ProgramRatio);
