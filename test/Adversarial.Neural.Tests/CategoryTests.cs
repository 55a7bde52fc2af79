using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>Categorical draws: the gradient is that of the soft draw, whichever draw is the result.</summary>
public class CategoryTests
{
    private static readonly RandomStream _data = new(1, 2, 3);
    private static readonly RandomStream _draw = new(4, 5, 6);
    private static readonly ColumnGroups _groups = new(8, (1, 3), (5, 2));

    private static Mlp Make(IDevice device)
    {
        var network = new Mlp(device, "network", 4, [6], 8, Activation.Tanh, Activation.Identity);
        var noise = new NoiseSource(3);
        noise.Begin(4);
        network.Initialize(noise);
        return network;
    }

    private static Tensor Target(Tape tape) => tape.Normal(6, 8, new RandomStream(7, 7, 7));

    private static Tensor Logits(Mlp network, Tape tape) => network.Forward(tape.Normal(6, 4, _data));

    [Fact]
    public void Gradients_of_soft_draws_equal_differences()
    {
        Mlp network = Make(new ReferenceDevice());
        Assert.InRange(GradientCheck.LargestError(tape => MeanSquaredError(
            SampleCategories(Logits(network, tape), _groups, 0.6f, _draw, hard: false), Target(tape)), network), 0, 1e-5);
        Assert.InRange(GradientCheck.LargestError(tape => MeanSquaredError(
            Categories(Logits(network, tape), _groups, 0.6f), Target(tape)), network), 0, 1e-5);
    }

    [Fact]
    public void Hard_draws_are_indicators_with_the_gradient_of_the_soft_ones()
    {
        var device = new ReferenceDevice();
        Mlp network = Make(device);
        float[][] gradients = [.. new[] { true, false }.Select(hard =>
        {
            var tape = new Tape(device);
            Tensor y = SampleCategories(Logits(network, tape), _groups, 0.6f, _draw, hard);
            if (hard)
            {
                float[] values = y.ToArray();
                for (int r = 0; r < 6; r++)
                {
                    Assert.Equal([0, 0, 1], values[(8 * r + 1)..(8 * r + 4)].Order());
                    Assert.Equal([0, 1], values[(8 * r + 5)..(8 * r + 7)].Order());
                    Assert.InRange(values[8 * r], 0.01, 0.99);
                }
            }

            // A loss that is linear in the draw has the same gradient at both.
            tape.Backward(Mean(y * Target(tape)), network.Parameters);
            return TestNetworks.Gradients(network);
        })];
        Assert.Equal(gradients[1], gradients[0]);
    }

    [Fact]
    public void The_processor_agrees_with_the_reference_and_allocates_nothing()
    {
        (float[] expected, _) = Train(new ReferenceDevice());
        (float[] actual, long allocated) = Train(new CpuDevice());
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.Equal(0, allocated);
    }

    private static (float[] Values, long Allocated) Train(IDevice device)
    {
        Mlp network = Make(device);
        var adam = new Adam(new AdamSettings(1e-3f), network);
        var tape = new Tape(device);
        ulong step = 0;
        long allocated = SteadyState.AllocatedBytes(() =>
        {
            tape.Reset();
            Tensor y = SampleCategories(Logits(network, tape), _groups, 0.6f, _draw with { Step = step++ });
            Tensor weights = tape.Constant([1, 0.5f, 0.5f, 0.5f, 2, 0.3f, 0.3f, 1], 1, 8);
            Tensor likeliest = Categories(y, _groups, hard: true);
            adam.Minimize(MeanSquaredError(y, Target(tape), weights) + MeanSquaredError(likeliest, Target(tape)));
        }, warmUp: 6, rounds: 6);
        return (TestNetworks.Values(network), allocated);
    }

    [Fact]
    public void Groups_of_another_width_are_refused() => Assert.Throws<ArgumentException>(
        () => SampleCategories(new Tape(new CpuDevice()).Allocate(2, 3), _groups, 1, _draw));
}
