using Adversarial.Numerics;

namespace Adversarial.Neural.Tests;

/// <summary>Sizes are known before memory is taken, however large they are.</summary>
public class ParameterSetTests
{
    private sealed class Unfinished(IDevice device) : Network(device, "unfinished")
    {
        public override void Initialize(NoiseSource noise)
        {
        }
    }

    [Fact]
    public void The_size_of_a_network_takes_no_memory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var network = new Mlp(new CpuDevice(), "wide", 100_000, [65_536, 65_536], 1, Activation.Relu, Activation.Identity);
        Assert.Equal(100_001L * 65_536 + 65_537L * 65_536 + 65_537, network.Parameters.LongCount);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
        Assert.Contains($"{network.Parameters.LongCount:N0} parameters", Assert.Throws<InvalidOperationException>(() => network.Parameters.Count).Message);
        Assert.Throws<InvalidOperationException>(() => network.Parameters.Values);
    }

    [Fact]
    public void Buffers_are_counted_for_themselves()
    {
        var network = new Mlp(new CpuDevice(), "normalised", 3, [new LayerSpec(5, Activation.Relu, Normalization.Batch), new LayerSpec(2, Activation.Identity, SpectralNorm: true)]);
        Assert.Equal(3 * 5 + 2 * 5 + 5 * 2 + 2, network.Parameters.LongCount);
        Assert.Equal(2 * 5 + 2, network.Parameters.LongBufferCount);
        Assert.Equal(2 * 5 + 2, network.Parameters.Buffers.Columns);
    }

    [Fact]
    public void A_network_that_is_not_complete_has_no_values() =>
        Assert.Throws<InvalidOperationException>(() => new Unfinished(new CpuDevice()).Parameters.Values);
}
