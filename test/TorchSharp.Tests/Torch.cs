using Microsoft.ML.Adversarial;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace TorchSharp.Tests;

/// <summary>Whether LibTorch loads here. Where it does not, tests that need it are skipped, with the reason; <c>eng/torch.sh</c> brings it.</summary>
internal static class Torch
{
    private static readonly Lazy<Exception?> _failure = new(() =>
    {
        Exception? failure = Record.Exception(() => new TorchDevice().Dispose());
        if (failure is null)
            torch.set_num_threads(1);
        return failure;
    });

    public static Exception? Failure => _failure.Value;

    /// <summary>Skips the test where there is no LibTorch.</summary>
    public static void Require()
    {
        if (Failure is not null)
            Assert.Skip("LibTorch does not load here: eng/torch.sh runs this test where it does.");
    }
}
