using Adversarial.Neural;
using Adversarial.Neural.Tests;
using Microsoft.ML.Adversarial;

namespace TorchSharp.Tests;

/// <summary>Each operation of LibTorch's device agrees with the reference, on memory of the processor and by way of copies, as a GPU has it.</summary>
public class TorchDeviceCaseTests
{
    public static TheoryData<string> Cases => [.. DeviceCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_the_reference(string name)
    {
        Torch.Require();
        using var device = new TorchDevice();
        Assert.Null(DeviceCases.Fault(name, device));
        using var staged = new TorchDevice(TorchDeviceKind.Cpu, 0, isStaged: true);
        Assert.Null(DeviceCases.Fault(name, staged));
    }

    [Fact]
    public void No_operation_is_left_out() => Assert.Empty(DeviceCases.Missing);

    [Fact]
    public void Agrees_with_the_reference_on_a_GPU()
    {
        Torch.Require();
        if (!torch.cuda.is_available())
            Assert.Skip("No GPU is at hand.");
        using var device = new TorchDevice(TorchDeviceKind.Cuda);
        Assert.All(DeviceCases.All.Keys, name => Assert.Null(DeviceCases.Fault(name, device)));
    }

    public static TheoryData<string> Operations => [.. TestOperations.All.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Gradients_agree_with_the_reference(string operation)
    {
        Torch.Require();
        using var device = new TorchDevice();
        (float expectedLoss, float[] expected) = Gradients(new ReferenceDevice(), operation);
        (float loss, float[] actual) = Gradients(device, operation);
        Assert.Equal(expectedLoss, loss, 1e-5f * Math.Max(1, Math.Abs(expectedLoss)));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * Math.Max(1, Math.Abs(pair.First))));
    }

    private static (float Loss, float[] Gradients) Gradients(IDevice device, string operation)
    {
        var network = new Mlp(device, "network", 4, [6, 5], 3, global::Adversarial.Numerics.Activation.Tanh, global::Adversarial.Numerics.Activation.Identity, 0.2f);
        network.Initialize(TestOperations.Noise());
        var tape = new Tape(device);
        Tensor loss = TestOperations.All[operation](network.Forward(tape.Normal(5, 4, new global::Adversarial.Numerics.RandomStream(1, 2, 3)), TestOperations.Noise()));
        tape.Backward(loss, network.Parameters);
        return ((float)loss.Scalar(), TestNetworks.Gradients(network));
    }

    [Fact]
    public void Whole_steps_agree_with_the_reference()
    {
        Torch.Require();
        using var device = new TorchDevice();
        float[][] expected = Train(new ReferenceDevice()), actual = Train(device);
        Assert.All(expected.Zip(actual), pair => Assert.All(pair.First.Zip(pair.Second), value => Assert.Equal(value.First, value.Second, 1e-4f)));
    }

    private static float[][] Train(IDevice device)
    {
        var training = new TestTraining(device);
        for (int step = 0; step < 10; step++)
            training.Step();
        return [.. training.Networks.Select(TestNetworks.Values)];
    }

    [Fact]
    public void A_checkpoint_moves_between_devices()
    {
        Torch.Require();
        using var device = new TorchDevice();
        var there = new TestTraining(device);
        for (int step = 0; step < 3; step++)
            there.Step();
        byte[] saved = there.Save();
        var here = new TestTraining(new CpuDevice(), seed: 9);
        here.Load(saved);
        Assert.Equal(saved, here.Save());
    }

    [Fact]
    public void Networks_of_a_device_that_is_gone_are_refused()
    {
        Torch.Require();
        var device = new TorchDevice();
        Mlp network = TestNetworks.Make(device, "network", 3, 2);
        device.Dispose();
        Assert.Contains("the training ended", Assert.Throws<ObjectDisposedException>(() => TestNetworks.Values(network)).Message);
        Assert.Throws<ObjectDisposedException>(() => device.Allocate(3));
    }

    [Fact]
    public void Memory_of_another_device_is_refused()
    {
        Torch.Require();
        using var device = new TorchDevice();
        var foreign = new Matrix(new CpuDevice().Allocate(4), 0, 2, 2, 2);
        Assert.Throws<InvalidCastException>(() => device.Fill(foreign, 1));
    }

    [Fact]
    public void A_mask_that_was_not_drawn_is_refused()
    {
        Torch.Require();
        using var device = new TorchDevice();
        var run = new DeviceRun(device);
        Assert.Throws<InvalidOperationException>(() => device.Drop(run.Dense(3, 4), run.Dense(3, 4), new DropoutMask(run.Dense(3, 1), 2)));
    }
}
