using Adversarial.Numerics;

namespace Adversarial.Neural.Tests;

/// <summary>The processor's device agrees with the reference on whole steps, with itself at any number of threads, and allocates nothing.</summary>
public class CpuDeviceTests
{
    private static float[][] Train(IDevice device, int steps)
    {
        var training = new TestTraining(device);
        for (int step = 0; step < steps; step++)
            training.Step();
        return [.. training.Networks.Select(TestNetworks.Values)];
    }

    [Fact]
    public void Whole_steps_agree_with_the_reference()
    {
        // Adam moves a weight by up to its rate of 1e-3 a step: an error of a hundredth of that in ten steps would show.
        float[][] expected = Train(new ReferenceDevice(), 10);
        float[][] actual = Train(new CpuDevice(), 10);
        Assert.All(expected.Zip(actual), pair => Assert.All(pair.First.Zip(pair.Second), value => Assert.Equal(value.First, value.Second, 1e-4f)));
        Assert.NotEqual(expected[0], Train(new ReferenceDevice(), 9)[0]);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var gang = new WorkerGang(3);
        Assert.Equal(Train(new CpuDevice(), 5), Train(new CpuDevice(gang), 5));
    }

    [Fact]
    public void A_step_in_steady_state_allocates_nothing()
    {
        var training = new TestTraining(new CpuDevice());
        Assert.Equal(0, SteadyState.AllocatedBytes(() =>
        {
            for (int step = 0; step < 10; step++)
                training.Step();
        }));
    }
}
