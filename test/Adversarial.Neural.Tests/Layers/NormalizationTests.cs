using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>Batch and layer normalisation: values, running statistics, gradients, and agreement of the devices.</summary>
public class NormalizationTests
{
    public static TheoryData<int> Kinds => [0, 1, 2];

    private static readonly RandomStream _data = new(1, 2, 3);

    private static NoiseSource Noise()
    {
        var noise = new NoiseSource(3);
        noise.Begin(4);
        return noise;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_equal_differences(int kind)
    {
        var device = new ReferenceDevice();
        foreach (Activation activation in (Activation[])[Activation.Identity, Activation.Tanh, Activation.LeakyRelu(0.2f)])
        {
            var network = new NormalizedNetwork(device, (Kind)kind, 3, 5, 2);
            Tensor Loss(Tape tape) =>
                Mean(Sigmoid(network.Forward(tape.Normal(6, 3, _data), activation, activation == Activation.Tanh ? 0.3f : 0, Noise())));
            Assert.InRange(GradientCheck.LargestError(Loss, network), 0, 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_frozen_network_passes_gradient_and_one_used_twice_adds_it(int kind)
    {
        var device = new ReferenceDevice();
        var trained = new NormalizedNetwork(device, (Kind)kind, 3, 5, 3);
        var frozen = new NormalizedNetwork(device, (Kind)kind, 3, 4, 2, seed: 8);
        Tensor Loss(Tape tape)
        {
            Tensor y = trained.Forward(trained.Forward(tape.Normal(6, 3, _data), Activation.Sigmoid), Activation.Sigmoid);
            return Mean(Tanh(frozen.Forward(y, Activation.Sigmoid)));
        }

        Assert.InRange(GradientCheck.LargestError(Loss, trained), 0, 1e-5);
    }

    [Fact]
    public void One_row_is_taken_by_the_running_statistics()
    {
        var device = new ReferenceDevice();
        var network = new NormalizedNetwork(device, Kind.BatchInTraining, 3, 5, 2);
        float[] before = TestNetworks.Read(device, network.Parameters.Buffers);
        var tape = new Tape(device);
        float[] training = network.Forward(tape.Normal(1, 3, _data), Activation.Tanh).ToArray();
        network.Kind = Kind.BatchInScoring;
        Assert.Equal(training, network.Forward(tape.Normal(1, 3, _data), Activation.Tanh).ToArray());
        Assert.Equal(before, TestNetworks.Read(device, network.Parameters.Buffers));
        network.Kind = Kind.BatchInTraining;
        Tensor Loss(Tape tape) => Mean(network.Forward(tape.Normal(1, 3, _data), Activation.Tanh));
        Assert.InRange(GradientCheck.LargestError(Loss, network), 0, 1e-6);
    }

    [Fact]
    public void Batches_are_standardised_and_followed_by_the_running_statistics()
    {
        var device = new CpuDevice();
        var network = new SingleLayer(device, 2);
        var tape = new Tape(device);
        // Column means 2 and 10, unbiased variances 4 and 100, biased ones 8/3 and 200/3.
        Tensor x = tape.Constant([0, 20, 2, 0, 4, 10], 3, 2);
        float[] y = network.Norm.Forward(x, Activation.Identity, training: true).ToArray();
        float[] expected = [-1.2247f, 1.2247f, 0, -1.2247f, 1.2247f, 0];
        Assert.All(y.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
        Assert.All(TestNetworks.Read(device, network.Norm.RunningMean).Zip((float[])[0.5f, 2.5f]), p => Assert.Equal(p.Second, p.First, 1e-6f));
        Assert.All(TestNetworks.Read(device, network.Norm.RunningVariance).Zip((float[])[1.75f, 25.75f]), p => Assert.Equal(p.Second, p.First, 1e-4f));
        float[] kept = TestNetworks.Read(device, network.Parameters.Buffers);
        float scored = network.Norm.Forward(x, Activation.Identity, training: false).ToArray()[0];
        Assert.Equal(-0.5 / Math.Sqrt(1.75 + 1e-5), scored, 1e-6);
        Assert.Equal(kept, TestNetworks.Read(device, network.Parameters.Buffers));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_scored_row_does_not_depend_on_its_neighbours(int kind)
    {
        var device = new CpuDevice();
        var network = new NormalizedNetwork(device, (Kind)kind, 7, 19, 3);
        var tape = new Tape(device, recording: false);
        Tensor rows = tape.Normal(33, 7, _data);
        float[] all = network.Forward(rows, Activation.Sigmoid).ToArray();
        for (int r = 0; r < rows.Rows; r++)
            Assert.Equal(all[(3 * r)..(3 * r + 3)], network.Forward(rows.SliceRows(r, 1), Activation.Sigmoid).ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Training_agrees_with_the_reference_and_threads_change_no_bit(int kind)
    {
        using var gang = new WorkerGang(3);
        (float[] expected, _) = Train(new ReferenceDevice(), (Kind)kind);
        (float[] actual, long allocated) = Train(new CpuDevice(), (Kind)kind);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-4f));
        Assert.Equal(actual, Train(new CpuDevice(gang), (Kind)kind).State);
        Assert.Equal(0, allocated);
    }

    private static (float[] State, long Allocated) Train(IDevice device, Kind kind)
    {
        var network = new NormalizedNetwork(device, kind, 6, 21, 6);
        // The gradient of a bias before a batch normalisation is 0 but for rounding, which the usual epsilon would make steps of.
        var adam = new Adam(new AdamSettings(1e-3f, Epsilon: 1e-3f), network);
        var tape = new Tape(device);
        NoiseSource noise = Noise();
        int step = 0;
        long allocated = SteadyState.AllocatedBytes(() =>
        {
            tape.Reset();
            noise.Begin(step++);
            Tensor x = tape.Normal(33, 6, noise.Next(), 0.5f, 0.2f);
            adam.Minimize(MeanSquaredError(network.Forward(x, Activation.LeakyRelu(0.1f), 0.2f, noise), x));
        }, warmUp: 6, rounds: 6);
        float[] values = TestNetworks.Values(network);
        return (network.Parameters.BufferCount > 0 ? [.. values, .. TestNetworks.Read(device, network.Parameters.Buffers)] : values, allocated);
    }

    [Fact]
    public void Running_statistics_are_part_of_a_checkpoint()
    {
        var device = new CpuDevice();
        var network = new NormalizedNetwork(device, Kind.BatchInTraining, 3, 5, 2);
        using var stream = new MemoryStream();
        Checkpoint.WriteNetworks(new BinaryWriter(stream), network);
        byte[] bytes = stream.ToArray();
        var other = new NormalizedNetwork(device, Kind.BatchInTraining, 3, 5, 2, seed: 99);
        Assert.NotEqual(TestNetworks.Read(device, network.Parameters.Buffers), TestNetworks.Read(device, other.Parameters.Buffers));
        Checkpoint.ReadNetworks(new BinaryReader(new MemoryStream(bytes)), other);
        Assert.Equal(TestNetworks.Read(device, network.Parameters.Buffers), TestNetworks.Read(device, other.Parameters.Buffers));
        Assert.Equal(TestNetworks.Values(network), TestNetworks.Values(other));
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), float.NaN);
        Assert.Contains("buffers of network 'normalized'", Assert.Throws<FormatException>(
            () => Checkpoint.ReadNetworks(new BinaryReader(new MemoryStream(bytes)), other)).Message);
        Assert.Throws<EndOfStreamException>(
            () => Checkpoint.ReadNetworks(new BinaryReader(new MemoryStream(bytes[..^1])), other));
    }

    [Fact]
    public void Wrong_settings_and_a_complete_network_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => new LayerNorm(new SingleLayer(new CpuDevice(), 2).Parameters, 3));
        ParameterSet open = new Unfinished().Parameters;
        Assert.Throws<ArgumentOutOfRangeException>(() => new LayerNorm(open, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm(open, 3, momentum: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm(open, 3, epsilon: 0));
        Assert.Throws<ArgumentException>(() => new SingleLayer(new CpuDevice(), 2).Norm.Forward(
            new Tape(new CpuDevice()).Allocate(2, 3), Activation.Identity, training: true));
    }

    private sealed class Unfinished() : Network(new CpuDevice(), "unfinished")
    {
        public override void Initialize(NoiseSource noise) => throw new NotSupportedException();
    }

    private sealed class SingleLayer : Network
    {
        public SingleLayer(IDevice device, int width)
            : base(device, "single")
        {
            Norm = new BatchNorm(Parameters, width, momentum: 0.25f);
            Complete();
            Initialize(Noise());
        }

        public BatchNorm Norm { get; }

        public override void Initialize(NoiseSource noise) => Norm.Initialize(noise.Next());
    }
}
