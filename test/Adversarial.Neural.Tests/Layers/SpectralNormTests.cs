using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>Spectral normalisation: the singular value, gradients, and what a pass changes.</summary>
public class SpectralNormTests
{
    private static readonly RandomStream _data = new(1, 2, 3);

    private static NoiseSource Noise()
    {
        var noise = new NoiseSource(3);
        noise.Begin(4);
        return noise;
    }

    private static Mlp Make(IDevice device, Normalization normalization = Normalization.None)
    {
        LayerSpec[] layers =
        [
            new(5, Activation.LeakyRelu(0.2f), normalization, SpectralNorm: true),
            new(3, Activation.Tanh),
            new(4, Activation.Identity, SpectralNorm: true),
        ];
        var network = new Mlp(device, "network", 4, layers);
        network.Initialize(Noise());
        return network;
    }

    // Until the vectors stand still, as far as double precision can tell.
    private static void Converge(Mlp network)
    {
        var tape = new Tape(network.Parameters.Device);
        for (int i = 0; i < 2000; i++)
        {
            tape.Reset();
            network.Forward(tape.Normal(6, 4, _data), Noise());
        }
    }

    [Fact]
    public void Gradients_equal_differences_at_any_vector_in_scoring()
    {
        Mlp network = Make(new ReferenceDevice());
        Assert.InRange(GradientCheck.LargestError(tape => Mean(Sigmoid(network.Forward(tape.Normal(6, 4, _data)))), network), 0, 1e-6);
        Assert.InRange(GradientCheck.LargestError(
            tape => Mean(Sigmoid(network.Forward(network.Forward(tape.Normal(6, 4, _data))))), network), 0, 1e-6);
    }

    [Theory]
    [InlineData(Normalization.None)]
    [InlineData(Normalization.Batch)]
    [InlineData(Normalization.Layer)]
    public void Gradients_equal_differences_in_training_once_the_vectors_stand_still(Normalization normalization)
    {
        // Where the vectors are those of the matrix, the singular value does not depend on them to first order.
        Mlp network = Make(new ReferenceDevice(), normalization);
        Converge(network);
        Assert.InRange(GradientCheck.LargestError(tape => Mean(Sigmoid(network.Forward(tape.Normal(6, 4, _data), Noise()))), network), 0, 1e-5);
    }

    [Fact]
    public void Passes_of_one_step_go_back_through_their_own_weights()
    {
        // The vector moves from pass to pass, so the gradient of two passes is the sum of theirs only if each keeps its own.
        var device = new ReferenceDevice();
        double[] Gradient(Func<Tape, Mlp, Tensor> loss)
        {
            Mlp network = Make(device);
            var tape = new Tape(device);
            tape.Backward(loss(tape, network), network.Parameters);
            return [.. Enumerable.Range(0, network.Parameters.Count).Select(i => ReferenceDevice.Read(network.Parameters.Gradients, 0, i))];
        }

        Tensor Pass(Tape tape, Mlp network) => Mean(Tanh(network.Forward(tape.Normal(6, 4, _data), Noise())));
        double[] both = Gradient((tape, network) => Pass(tape, network) + Pass(tape, network));
        double[] first = Gradient(Pass);
        double[] second = Gradient((tape, network) =>
        {
            Pass(tape, network);
            return Pass(tape, network);
        });
        Assert.NotEqual(first, second);
        for (int i = 0; i < both.Length; i++)
            Assert.Equal(first[i] + second[i], both[i], 1e-12);
    }

    [Fact]
    public void The_weights_are_divided_by_their_largest_singular_value()
    {
        var device = new CpuDevice();
        var network = new Mlp(device, "network", 2, [new LayerSpec(2, Activation.Identity, SpectralNorm: true)]);
        network.Initialize(Noise());
        // Rows (3, 0) and (4, 5): singular values sqrt(45) and sqrt(5).
        TestNetworks.Set(network, 3, 0, 4, 5, 0, 0);
        var tape = new Tape(device);
        Tensor x = tape.Constant([1, 0, 0, 1], 2, 2);
        float[] y = [];
        for (int i = 0; i < 30; i++)
            y = network.Forward(x, Noise()).ToArray();
        float[] expected = [3, 0, 4, 5];
        Assert.All(y.Zip(expected), pair => Assert.Equal(pair.Second / Math.Sqrt(45), pair.First, 1e-6));
        Assert.All(network.Forward(x).ToArray().Zip(y), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Fact]
    public void Scoring_changes_nothing_and_training_only_the_vector()
    {
        var device = new CpuDevice();
        Mlp network = Make(device);
        float[] buffers = TestNetworks.Read(device, network.Parameters.Buffers), values = TestNetworks.Values(network);
        Assert.Equal(9, buffers.Length);
        Assert.Equal(1, buffers[..5].Sum(b => b * b), 1e-6f);
        var tape = new Tape(device);
        Tensor x = tape.Normal(6, 4, _data);
        float[] once = network.Forward(x).ToArray();
        Assert.Equal(once, network.Forward(x).ToArray());
        Assert.Equal(buffers, TestNetworks.Read(device, network.Parameters.Buffers));
        network.Forward(x, Noise());
        Assert.NotEqual(buffers, TestNetworks.Read(device, network.Parameters.Buffers));
        Assert.Equal(values, TestNetworks.Values(network));
    }

    [Fact]
    public void Training_agrees_with_the_reference_and_allocates_nothing()
    {
        (float[] expected, _) = Train(new ReferenceDevice());
        (float[] actual, long allocated) = Train(new CpuDevice());
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-4f));
        using var gang = new WorkerGang(3);
        Assert.Equal(actual, Train(new CpuDevice(gang)).State);
        Assert.Equal(0, allocated);
    }

    private static (float[] State, long Allocated) Train(IDevice device)
    {
        Mlp network = Make(device);
        var adam = new Adam(new AdamSettings(1e-3f), network);
        var tape = new Tape(device);
        NoiseSource noise = Noise();
        int step = 0;
        long allocated = SteadyState.AllocatedBytes(() =>
        {
            tape.Reset();
            noise.Begin(step++);
            Tensor x = tape.Normal(33, 4, noise.Next(), 0.5f, 0.2f);
            adam.Minimize(MeanSquaredError(network.Forward(x, noise), x));
        }, warmUp: 6, rounds: 6);
        return ([.. TestNetworks.Values(network), .. TestNetworks.Read(device, network.Parameters.Buffers)], allocated);
    }
}
