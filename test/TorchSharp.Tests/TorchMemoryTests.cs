using System.Diagnostics;
using Adversarial.Neural.Tests;
using Conformance.Tests;
using Microsoft.ML.Adversarial;

namespace TorchSharp.Tests;

/// <summary>Nothing is left of a step when it is over.</summary>
public class TorchMemoryTests
{
    private const int WarmUp = 200;

    // A run time's own memory moves by some megabytes; a leak of one small tensor an operation would be hundreds.
    private const long MostGrowth = 24L << 20;

    [Fact]
    public void Memory_does_not_grow_with_the_steps()
    {
        Torch.Require();
        int steps = FullRun.IsOn ? 10_000 : 500;
        using var device = new TorchDevice();
        var training = new TestTraining(device);
        Run(training, WarmUp);
        long tensors = Tensors(), memory = ResidentMemory();
        Run(training, steps);
        Assert.Equal(tensors, Tensors());
        long growth = ResidentMemory() - memory;
        TestContext.Current.TestOutputHelper?.WriteLine($"{steps} steps: {growth / 1024.0:F0} KiB");
        Assert.True(growth < MostGrowth, $"{growth / 1024} KiB more after {steps} steps.");
    }

    private static void Run(TestTraining training, int steps)
    {
        for (int step = 0; step < steps; step++)
            training.Step();
    }

    private static long Tensors() => torch.Tensor.TotalCount;

    private static long ResidentMemory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
