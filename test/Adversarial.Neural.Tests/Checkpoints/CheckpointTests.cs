using Adversarial.Numerics;

namespace Adversarial.Neural.Tests;

/// <summary>What is written comes back bit for bit, a resumed run equals one that was never interrupted, and wrong content is refused.</summary>
public class CheckpointTests
{
    private static readonly CpuDevice _device = new();

    private static byte[] Write(params Network[] networks)
    {
        using var stream = new MemoryStream();
        Checkpoint.WriteNetworks(new BinaryWriter(stream), networks);
        return stream.ToArray();
    }

    private static void Read(byte[] bytes, params Network[] networks) => Checkpoint.ReadNetworks(new BinaryReader(new MemoryStream(bytes)), networks);

    private static string Refused(byte[] bytes, params Network[] networks) => Assert.Throws<FormatException>(() => Read(bytes, networks)).Message;

    [Fact]
    public void Networks_come_back_bit_for_bit()
    {
        // More parameters than one block of the writer holds.
        Mlp Large(ulong seed)
        {
            var network = new Mlp(_device, "large", 150, [130], 3, Activation.Identity, Activation.Identity);
            var noise = new NoiseSource(seed);
            noise.Begin(0);
            network.Initialize(noise);
            return network;
        }

        (Mlp small, Mlp large) = (TestNetworks.Make(_device, "small", 3, 2), Large(1));
        (Mlp smallCopy, Mlp largeCopy) = (TestNetworks.Make(_device, "small", 3, 2, seed: 8), Large(9));
        byte[] bytes = Write(small, large);
        Read(bytes, smallCopy, largeCopy);
        Assert.Equal(TestNetworks.Values(small), TestNetworks.Values(smallCopy));
        Assert.Equal(TestNetworks.Values(large), TestNetworks.Values(largeCopy));
        Assert.Equal(bytes, Write(smallCopy, largeCopy));
    }

    [Fact]
    public void A_resumed_run_equals_one_that_was_never_interrupted()
    {
        var continued = new TestTraining(_device);
        for (int step = 0; step < 4; step++)
            continued.Step();
        byte[] middle = continued.Save();

        var resumed = new TestTraining(_device, seed: 77);
        resumed.Load(middle);
        Assert.Equal(middle, resumed.Save());
        for (int step = 0; step < 3; step++)
        {
            continued.Step();
            resumed.Step();
            Assert.Equal(continued.Save(), resumed.Save());
        }

        Assert.NotEqual(middle, resumed.Save());
    }

    [Fact]
    public void Other_networks_are_refused()
    {
        Mlp network = TestNetworks.Make(_device, "network", 3, 2);
        byte[] bytes = Write(network);
        Assert.Contains("1 networks where 2", Refused(bytes, network, network));
        Assert.Contains("'other' is expected", Refused(bytes, TestNetworks.Make(_device, "other", 3, 2)));
        Assert.Contains("numbers", Refused(bytes, TestNetworks.Make(_device, "network", 4, 2)));
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused()
    {
        Mlp network = TestNetworks.Make(_device, "network", 3, 2);
        byte[] bytes = Write(network);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 12), float.PositiveInfinity);
        Assert.Contains("not finite", Refused(bytes, network));
    }

    [Fact]
    public void Truncated_content_is_refused()
    {
        Mlp network = TestNetworks.Make(_device, "network", 3, 2);
        byte[] bytes = Write(network);
        foreach (int length in (int[])[0, 2, 6, 20, bytes.Length - 1])
            Assert.Throws<EndOfStreamException>(() => Read(bytes[..length], network));
    }
}
