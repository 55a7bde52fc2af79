using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;

namespace TorchSharp.Tests;

/// <summary>Which device a context asks for, and what is said where it is not there. None of this needs LibTorch.</summary>
public class TorchChoiceTests
{
    [Theory]
    [InlineData(null, false, 0, null)]
    [InlineData(null, true, 2, null)]
    [InlineData(0, false, 1, 0)]
    [InlineData(1, false, 2, 1)]
    [InlineData(0, true, 0, null)]
    [InlineData(2, true, 2, null)]
    public void The_context_chooses(int? gpuDeviceId, bool fallbackToCpu, int gpus, int? expected) =>
        Assert.Equal(expected, TorchExtensions.Choose(gpuDeviceId, fallbackToCpu, gpus));

    [Theory]
    [InlineData(0, 0, "finds no GPU")]
    [InlineData(2, 2, "finds 2, the last of which is 1")]
    [InlineData(-1, 1, "GpuDeviceId is -1")]
    public void A_GPU_that_is_not_there_is_an_error(int gpuDeviceId, int gpus, string part)
    {
        string message = Assert.Throws<InvalidOperationException>(() => TorchExtensions.Choose(gpuDeviceId, fallbackToCpu: false, gpus)).Message;
        Assert.Contains(part, message);
        Assert.Contains("FallbackToCpu", message);
    }

    [Fact]
    public void Kinds_and_numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TorchDeviceFactory((TorchDeviceKind)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TorchDeviceFactory(TorchDeviceKind.Cuda, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TorchDeviceFactory(TorchDeviceKind.Cpu, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TorchDevice(TorchDeviceKind.Cpu, 1));
        Assert.Equal("torch cuda:3", new TorchDeviceFactory(TorchDeviceKind.Cuda, 3).Name);
        Assert.Equal("torch cpu", new TorchDeviceFactory(TorchDeviceKind.Cpu).Name);
    }

    [Fact]
    public void A_library_that_does_not_load_is_a_clear_error()
    {
        if (Torch.Failure is null)
            Assert.Skip("LibTorch loads here.");
        var options = new Da3dOptions();
        Action[] uses =
        [
            () => options.UseTorch(new MLContext()), () => options.UseTorch(new MLContext { GpuDeviceId = 0 }), () => options.UseTorch(TorchDeviceKind.Cpu),
            () => options.UseTorch(TorchDeviceKind.Cuda), () => _ = new TorchDevice(), () => new TorchDeviceFactory(TorchDeviceKind.Cpu).CreateDevice(),
        ];
        foreach (Action use in uses)
        {
            string message = Assert.Throws<InvalidOperationException>(use).Message;
            Assert.StartsWith("LibTorch was not found, or needs a newer libstdc++ (GCC 13: Debian 13, Ubuntu 24.04).", message);
            Assert.Contains("TorchSharp-cpu", message);
        }

        Assert.Null(options.TrainingDevice);
    }

    [Fact]
    public void Without_a_GPU_the_context_gets_the_processor_or_an_error()
    {
        Torch.Require();
        if (torch.cuda.is_available())
            Assert.Skip("There is a GPU.");
        Assert.Equal("torch cpu", new Da3dOptions().UseTorch(new MLContext()).TrainingDevice!.Name);
        Assert.Equal("torch cpu", new Da3dOptions().UseTorch(new MLContext { GpuDeviceId = 0, FallbackToCpu = true }).TrainingDevice!.Name);
        Assert.Throws<InvalidOperationException>(() => new Da3dOptions().UseTorch(new MLContext { GpuDeviceId = 0 }));
        Assert.Throws<InvalidOperationException>(() => new Da3dOptions().UseTorch(TorchDeviceKind.Cuda));
        Assert.Throws<InvalidOperationException>(() => new TorchDevice(TorchDeviceKind.Cuda));
    }
}
