using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>Values that a tape does not keep: what is not recorded, and what the way back makes again.</summary>
public class TapeMemoryTests
{
    private const int Images = 7;

    private static readonly CpuDevice _device = new();
    private static readonly Activation _leaky = Activation.LeakyRelu(0.2f);

    private static readonly LayerSpec[] _encoder =
    [
        LayerSpec.Upsampling(2), LayerSpec.Convolution(4, WindowSpec.Same(3), _leaky, Normalization.Batch), LayerSpec.MaxPooling(2),
        LayerSpec.Convolution(3, WindowSpec.Same(3), Activation.Relu, Normalization.Batch) with { Dropout = 0.3f }, LayerSpec.Upsampling(2),
        LayerSpec.Convolution(2, WindowSpec.Same(3), _leaky, Normalization.Batch), new(6, _leaky, Normalization.Batch), new(5, Activation.Identity),
    ];

    private static readonly LayerSpec[] _decoder =
    [
        LayerSpec.Activate(_leaky, Normalization.Batch), new(24, Activation.Relu, Normalization.Batch), LayerSpec.Reshape(new MapShape(2, 6, 2)),
        LayerSpec.TransposedConvolution(2, WindowSpec.Same(3), Activation.Relu, Normalization.Batch), LayerSpec.Activate(_leaky, Normalization.Batch), LayerSpec.Upsampling(2),
        LayerSpec.TransposedConvolution(2, WindowSpec.Same(3), Activation.Sigmoid, Normalization.Batch), LayerSpec.Upsampling(2),
    ];

    private readonly ConvolutionalNetwork _first = Make("encoder", new MapShape(4, 3, 2), _encoder);
    private readonly ConvolutionalNetwork _second = Make("decoder", new MapShape(1, 1, 5), _decoder);

    private static ConvolutionalNetwork Make(string name, MapShape input, LayerSpec[] layers)
    {
        var network = new ConvolutionalNetwork(_device, name, input, layers);
        network.Initialize(Noise());
        return network;
    }

    private static NoiseSource Noise()
    {
        var noise = new NoiseSource(3);
        noise.Begin(4);
        return noise;
    }

    private Tensor Rows(Tape tape) => tape.Normal(Images, _first.Inputs, new RandomStream(1, 2, 3));

    private float[] Gradients() => [.. TestNetworks.Gradients(_first), .. TestNetworks.Gradients(_second)];

    private float[] GradientsOn(Tape tape, Func<Tensor, NoiseSource, Tensor> loss, int walks = 1)
    {
        tape.Reset();
        Tensor value = loss(Rows(tape), Noise());
        for (int i = 0; i < walks; i++)
        {
            tape.Backward(value, _first.Parameters, _second.Parameters);
            for (int k = 0; k < 50; k++)
                _device.Fill(tape.Allocate(Images, 16 * (k % 8 + 1)).Value, float.NaN);
        }

        return Gradients();
    }

    private static Tape Keeping() => new(_device, recording: true, smallestReused: int.MaxValue, smallestForgotten: int.MaxValue);

    private static Tape Forgetting() => new(_device, recording: true, smallestReused: 1, smallestForgotten: 1);

    private Tensor Loss(Tensor x, NoiseSource noise) => MeanSquare(_second.Forward(_first.Forward(x, noise), noise)) + Mean(_first.Forward(x, noise));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_the_way_back_makes_again_has_the_same_bits(int walks)
    {
        float[] kept = GradientsOn(Keeping(), Loss);
        Tape tape = Forgetting();
        for (int step = 0; step < 3; step++)
            Assert.Equal(kept, GradientsOn(tape, Loss, walks));
        Assert.Contains(kept, gradient => gradient != 0);
    }

    [Fact]
    public void Hidden_activations_are_what_they_are_where_all_is_kept()
    {
        Tensor Seen(Tensor x, NoiseSource noise)
        {
            Tensor hidden = x.Tape.Allocate(x.Rows, _first.HiddenWidth);
            Tensor code = _first.Output(_first.Hidden(x, hidden, noise), noise: noise);
            return MeanSquare(hidden) + MeanSquare(_second.Forward(code, noise));
        }

        Assert.Equal(GradientsOn(Keeping(), Seen), GradientsOn(Forgetting(), Seen));
    }

    [Fact]
    public void What_is_not_recorded_is_constant_and_as_if_it_were()
    {
        var tape = new Tape(_device, recording: true, smallestReused: 1, smallestForgotten: 1);
        Tensor recorded = _second.Forward(_first.Forward(Rows(tape), Noise()), Noise());
        float[] values = recorded.ToArray();
        Tensor constant;
        using (tape.WithoutRecording())
        {
            Assert.False(tape.Recording);
            constant = _second.Forward(_first.Forward(Rows(tape), Noise()), Noise());
        }

        Assert.True(tape.Recording);
        Assert.Equal(values, constant.ToArray());
        Assert.Throws<InvalidOperationException>(() => tape.Backward(MeanSquare(constant), _first.Parameters, _second.Parameters));
    }

    [Fact]
    public void A_constant_between_two_networks_stops_the_gradient()
    {
        Tape tape = Forgetting();
        Tensor code;
        using (tape.WithoutRecording())
            code = _first.Forward(Rows(tape), Noise());
        tape.Backward(MeanSquare(_second.Forward(code, Noise())), _first.Parameters, _second.Parameters);
        Assert.All(TestNetworks.Gradients(_first), gradient => Assert.Equal(0, gradient));
        float[] alone = TestNetworks.Gradients(_second);

        tape = Keeping();
        tape.Backward(MeanSquare(_second.Forward(_first.Forward(Rows(tape), Noise()), Noise())), _second.Parameters);
        Assert.Equal(TestNetworks.Gradients(_second), alone);
    }

    [Fact]
    public void Scoring_takes_the_memory_of_two_layers_however_many_there_are()
    {
        // Maps of one size, so that each finds the place of the one before the last.
        var network = new ConvolutionalNetwork(_device, "deep", new MapShape(8, 8, 4), [.. Enumerable.Repeat(LayerSpec.Convolution(4, WindowSpec.Same(3), _leaky), 12)]);
        network.Initialize(Noise());
        var tape = new Tape(_device, recording: false, smallestReused: 1, smallestForgotten: 1);
        Tensor x = tape.Normal(Images, network.Inputs, new RandomStream(1, 2, 3));
        Matrix y = network.Forward(x).Value, z = tape.Allocate(Images, network.Inputs).Value;
        Assert.NotSame(y.Storage, x.Value.Storage);

        // Input, output, and the place between them, which is the next one's.
        Matrix fresh = tape.Allocate(Images, network.Inputs).Value;
        Assert.Equal(4, new HashSet<Storage> { x.Value.Storage, y.Storage, z.Storage, fresh.Storage }.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_place_is_free_unless_the_result_is_another_view_of_it(bool isView)
    {
        var tape = new Tape(_device, recording: false, smallestReused: 1, smallestForgotten: 1);
        Tensor value = tape.Allocate(4, 12), view = value.Reshape(8, 6), other = tape.Allocate(8, 6);
        tape.Forget(value, isView ? view : other);
        Assert.Equal(!isView, tape.Allocate(4, 12).Value.Storage == value.Value.Storage);
    }

    [Fact]
    public void Places_of_neighbours_are_joined_when_both_are_given_back()
    {
        var arena = new Arena(_device, smallestReused: 1);
        Matrix whole = arena.Allocate(4, 64);
        arena.GiveBack(whole);
        Matrix left = arena.Allocate(2, 64), right = arena.Allocate(2, 64);
        Assert.Same(whole.Storage, left.Storage);
        Assert.Same(whole.Storage, right.Storage);
        arena.GiveBack(left);
        arena.GiveBack(right);
        Assert.Same(whole.Storage, arena.Allocate(4, 64).Storage);
    }

    [Fact]
    public void Release_takes_back_what_came_later_and_nothing_else()
    {
        var arena = new Arena(_device, smallestReused: 1);
        Matrix before = arena.Allocate(4, 64), given = arena.Allocate(4, 64);
        Arena.Mark mark = arena.Position;
        arena.GiveBack(given);
        Matrix later = arena.Allocate(4, 64);
        Assert.Same(given.Storage, later.Storage);
        arena.Release(mark);
        Assert.Same(given.Storage, arena.Allocate(4, 64).Storage);
        Assert.NotSame(before.Storage, arena.Allocate(4, 64).Storage);
    }
}
