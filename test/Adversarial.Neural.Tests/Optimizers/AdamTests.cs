using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>Adam equals a plain implementation in double precision; clipping is by the norm over all networks.</summary>
public class AdamTests
{
    private static readonly CpuDevice _device = new();

    private static Tensor Input(Tape tape, int step) => tape.Normal(8, 6, new RandomStream(7, 1, (ulong)step));

    // A steep loss: its gradients are long.
    private static Tensor Loss(Mlp network, Tape tape, int step)
    {
        Tensor y = network.Forward(Input(tape, step));
        return 50 * Mean(y * y);
    }

    private static double Norm(params IEnumerable<float>[] parts) => Math.Sqrt(parts.SelectMany(part => part).Sum(value => (double)value * value));

    // The moments stand in what a checkpoint writes: step, then for each network a counted first and second moment.
    private static (float[] First, float[] Second)[] Moments(Adam adam)
    {
        using var stream = new MemoryStream();
        Checkpoint.WriteOptimizer(new BinaryWriter(stream), adam);
        using var reader = new BinaryReader(stream);
        stream.Position = sizeof(long);
        float[] Vector() => [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadSingle())];
        return [.. Enumerable.Range(0, adam.Parameters.Length).Select(_ => (Vector(), Vector()))];
    }

    [Theory]
    [InlineData(1e-3f, 0.9f, 0.999f, 1e-7f)]
    [InlineData(0.02f, 0.5f, 0.9f, 1e-3f)]
    [InlineData(0.1f, 0f, 0f, 1e-7f)]
    public void Equals_a_plain_implementation(float rate, float beta1, float beta2, float epsilon)
    {
        Mlp network = TestNetworks.Make(_device, "network", 6, 2);
        var adam = new Adam(new AdamSettings(rate, beta1, beta2, epsilon), network);
        double[] expected = Array.ConvertAll(TestNetworks.Values(network), value => (double)value);
        var first = new double[expected.Length];
        var second = new double[expected.Length];
        var tape = new Tape(_device);
        for (int step = 1; step <= 25; step++)
        {
            tape.Reset();
            adam.Minimize(Loss(network, tape, step));
            float[] gradients = TestNetworks.Gradients(network);
            for (int i = 0; i < expected.Length; i++)
            {
                first[i] = beta1 * first[i] + (1 - (double)beta1) * gradients[i];
                second[i] = beta2 * second[i] + (1 - (double)beta2) * gradients[i] * gradients[i];
                double mean = first[i] / (1 - Math.Pow(beta1, step));
                double square = second[i] / (1 - Math.Pow(beta2, step));
                expected[i] -= rate * mean / (Math.Sqrt(square) + epsilon);
            }

            Assert.Equal(step, adam.Step);
            float[] actual = TestNetworks.Values(network);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-4 * rate * step + 2e-6));
        }
    }

    [Fact]
    public void The_learning_rate_may_change_between_steps()
    {
        Mlp network = TestNetworks.Make(_device, "network", 6, 2);
        var adam = new Adam(new AdamSettings(0.1f), network);
        var tape = new Tape(_device);
        adam.Minimize(Loss(network, tape, 1));
        float[] before = TestNetworks.Values(network);
        adam.Settings = adam.Settings with { LearningRate = 1e-6f };
        tape.Reset();
        adam.Minimize(Loss(network, tape, 2));
        Assert.All(before.Zip(TestNetworks.Values(network)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Long_gradients_are_cut_to_the_norm_over_all_networks()
    {
        Mlp lower = TestNetworks.Make(_device, "lower", 6, 4);
        Mlp upper = TestNetworks.Make(_device, "upper", 4, 2, seed: 2);
        var adam = new Adam(new AdamSettings(1e-3f, Beta1: 0.5f), lower, upper) { ClipNorm = 0.25f };
        var tape = new Tape(_device);
        Tensor y = upper.Forward(lower.Forward(Input(tape, 1)));
        adam.Minimize(50 * Mean(y * y));

        float[] lowerGradients = TestNetworks.Gradients(lower);
        float[] upperGradients = TestNetworks.Gradients(upper);
        double norm = Norm(lowerGradients, upperGradients);
        Assert.True(norm > 1, $"The gradients' norm of {norm} is no case for clipping.");
        (float[] First, float[] Second)[] moments = Moments(adam);
        Assert.Equal(0.5 * 0.25, Norm(moments[0].First, moments[1].First), 5);
        Assert.All(lowerGradients.Zip(moments[0].First), pair => Assert.Equal(0.5 * 0.25 / norm * pair.First, pair.Second, 1e-6));
        Assert.All(upperGradients.Zip(moments[1].First), pair => Assert.Equal(0.5 * 0.25 / norm * pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Short_gradients_are_left_alone()
    {
        Mlp clipped = TestNetworks.Make(_device, "network", 6, 2);
        Mlp free = TestNetworks.Make(_device, "network", 6, 2);
        var tape = new Tape(_device);
        new Adam(new AdamSettings(0.01f), clipped) { ClipNorm = 1e6f }.Minimize(Loss(clipped, tape, 1));
        new Adam(new AdamSettings(0.01f), free).Minimize(Loss(free, tape, 1));
        Assert.Equal(TestNetworks.Values(free), TestNetworks.Values(clipped));
    }

    [Fact]
    public void Weights_are_clipped_after_each_step()
    {
        Mlp network = TestNetworks.Make(_device, "network", 6, 2);
        var adam = new Adam(new AdamSettings(0.05f), network) { ClipWeights = 0.1f };
        var tape = new Tape(_device);
        for (int step = 1; step <= 3; step++)
        {
            tape.Reset();
            adam.Minimize(Loss(network, tape, step));
            float[] values = TestNetworks.Values(network);
            Assert.All(values, value => Assert.InRange(value, -0.1f, 0.1f));
            Assert.Contains(0.1f, values);
            Assert.Contains(-0.1f, values);
            Assert.Contains(values, value => Math.Abs(value) < 0.09f);
        }
    }

    [Fact]
    public void A_network_that_it_does_not_train_stays_bit_for_bit()
    {
        Mlp trained = TestNetworks.Make(_device, "trained", 6, 6);
        Mlp frozen = TestNetworks.Make(_device, "frozen", 6, 2, seed: 2);
        float[] frozenBefore = TestNetworks.Values(frozen);
        float[] trainedBefore = TestNetworks.Values(trained);
        var adam = new Adam(new AdamSettings(0.01f), trained);
        var tape = new Tape(_device);
        for (int step = 1; step <= 3; step++)
        {
            tape.Reset();
            adam.Minimize(Mean(frozen.Forward(trained.Forward(Input(tape, step)))));
        }

        Assert.Equal(frozenBefore, TestNetworks.Values(frozen));
        Assert.All(TestNetworks.Gradients(frozen), gradient => Assert.Equal(0, gradient));
        Assert.DoesNotContain(trainedBefore.Zip(TestNetworks.Values(trained)), pair => pair.First.Equals(pair.Second));
    }
}
