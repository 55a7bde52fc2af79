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

    [Fact]
    public void A_variance_below_zero_is_refused()
    {
        var network = new NormalizedNetwork(_device, Kind.BatchInScoring, 3, 4, 2);
        byte[] bytes = Write(network);
        Read(bytes, network);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - sizeof(float)), -0.5f);
        Assert.Contains("column 3 of a batch normalisation has the variance -0.5", Refused(bytes, network));
    }

    // An optimiser is written as its step, then count and first moments, count and second moments.
    [Theory]
    [InlineData(4, -1, "steps")]
    [InlineData(12, float.NaN, "first moment")]
    [InlineData(-4, -1e-3f, "second moment")]
    [InlineData(-4, float.PositiveInfinity, "second moment")]
    public void Optimisers_that_no_training_gives_are_refused(int at, float value, string message)
    {
        using var stream = new MemoryStream();
        var optimizer = new Adam(new AdamSettings(1e-3f), TestNetworks.Make(_device, "network", 3, 2));
        Checkpoint.WriteOptimizer(new BinaryWriter(stream), optimizer);
        byte[] bytes = stream.ToArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(at < 0 ? bytes.Length + at : at), value);
        Assert.Contains(message, Assert.Throws<FormatException>(
            () => Checkpoint.ReadOptimizer(new BinaryReader(new MemoryStream(bytes)), optimizer)).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_average_of_negative_steps_is_refused()
    {
        using var stream = new MemoryStream();
        var average = new ExponentialAverage(TestNetworks.Make(_device, "network", 3, 2), 0.9f);
        Checkpoint.WriteAverage(new BinaryWriter(stream), average);
        byte[] bytes = stream.ToArray();
        bytes[7] = 255;
        Assert.Contains("average", Assert.Throws<FormatException>(
            () => Checkpoint.ReadAverage(new BinaryReader(new MemoryStream(bytes)), average)).Message);
    }
}
