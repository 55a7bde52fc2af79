using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>Every operation's gradient equals central differences.</summary>
public class GradientTests
{
    private const int Rows = 5;
    private const int Inputs = 4;

    private static readonly ReferenceDevice _device = new();

    public static TheoryData<string> Operations => [.. TestOperations.All.Keys];

    private static NoiseSource Noise() => TestOperations.Noise();

    private static Mlp Network(Activation hidden, float dropout = 0, int outputs = 3, int inputs = Inputs)
    {
        var network = new Mlp(_device, "network", inputs, [6, 5], outputs, hidden, Activation.Identity, dropout);
        network.Initialize(Noise());
        return network;
    }

    private static Tensor Input(Tape tape) => tape.Normal(Rows, Inputs, new RandomStream(1, 2, 3));

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operation(string name)
    {
        Mlp network = Network(Activation.Tanh);
        Assert.InRange(GradientCheck.LargestError(tape => TestOperations.All[name](network.Forward(Input(tape))), network), 0, 1e-6);
    }

    [Theory]
    [InlineData(ActivationKind.Identity)]
    [InlineData(ActivationKind.Relu)]
    [InlineData(ActivationKind.LeakyRelu)]
    [InlineData(ActivationKind.Sigmoid)]
    [InlineData(ActivationKind.Tanh)]
    [InlineData(ActivationKind.Exp)]
    [InlineData(ActivationKind.Softplus)]
    public void Layers_with_activation_and_dropout(ActivationKind kind)
    {
        Mlp network = Network(new Activation(kind, 0.1f), dropout: 0.3f);
        Assert.InRange(GradientCheck.LargestError(tape => Mean(Sigmoid(network.Forward(Input(tape), Noise()))), network), 0, 1e-6);
    }

    [Fact]
    public void Tied_weights()
    {
        Mlp network = Network(Activation.Softplus);
        Tensor Loss(Tape tape)
        {
            Tensor x = Input(tape);
            Tensor gate = Sigmoid(network.Layers[0].Forward(x, Activation.Identity));
            return MeanSquaredError(network.Layers[0].ForwardTransposed(gate * network.Layers[1].ForwardTransposed(network.Features(x))), x);
        }

        Assert.InRange(GradientCheck.LargestError(Loss, network), 0, 1e-6);
    }

    [Fact]
    public void Hidden_activations_side_by_side()
    {
        Mlp network = Network(Activation.LeakyRelu(0.1f));
        Mlp reader = Network(Activation.Tanh, inputs: network.HiddenWidth);
        Tensor Loss(Tape tape)
        {
            Tensor wide = tape.Allocate(Rows, network.HiddenWidth);
            network.Hidden(Input(tape), wide);
            return Mean(Sigmoid(reader.Forward(wide)));
        }

        Assert.InRange(GradientCheck.LargestError(Loss, network, reader), 0, 1e-6);
    }

    [Fact]
    public void Outputs_written_into_one_batch()
    {
        Mlp first = Network(Activation.Tanh, outputs: 3);
        Mlp second = Network(Activation.Sigmoid, outputs: 3);
        Mlp reader = Network(Activation.LeakyRelu(0.1f), inputs: 3);
        Tensor Loss(Tape tape)
        {
            Tensor batch = tape.Allocate(2 * Rows, 3);
            first.Forward(Input(tape), into: batch.SliceRows(0, Rows));
            second.Forward(Input(tape), into: batch.SliceRows(Rows, Rows));
            return BinaryCrossEntropyWithLogits(reader.Forward(batch), 1);
        }

        Assert.InRange(GradientCheck.LargestError(Loss, first, second, reader), 0, 1e-6);
    }

    [Fact]
    public void A_layer_used_twice_adds_its_gradients()
    {
        Mlp network = Network(Activation.Tanh, outputs: Inputs);
        Assert.InRange(GradientCheck.LargestError(tape => Mean(Sigmoid(network.Forward(network.Forward(Input(tape))))), network), 0, 1e-6);
    }

    [Fact]
    public void A_frozen_network_passes_gradient_and_takes_none()
    {
        Mlp trained = Network(Activation.Tanh, outputs: Inputs);
        Mlp frozen = Network(Activation.LeakyRelu(0.2f));
        Assert.InRange(GradientCheck.LargestError(tape => Mean(frozen.Forward(trained.Forward(Input(tape)))), trained), 0, 1e-6);
        Assert.Equal(0, _device.SumOfSquares(frozen.Parameters.Gradients));
    }

    [Fact]
    public void An_unused_layer_has_zero_gradient_after_another_use()
    {
        Mlp network = Network(Activation.Tanh);
        var tape = new Tape(_device);
        tape.Backward(Mean(network.Forward(Input(tape))), network.Parameters);
        Assert.NotEqual(0, _device.SumOfSquares(network.Layers[^1].WeightGradient));
        tape.Reset();
        Tensor wide = tape.Allocate(Rows, network.HiddenWidth);
        network.Hidden(Input(tape), wide);
        tape.Backward(Mean(wide), network.Parameters);
        Assert.Equal(0, _device.SumOfSquares(network.Layers[^1].WeightGradient));
        Assert.NotEqual(0, _device.SumOfSquares(network.Layers[0].WeightGradient));
    }

    [Fact]
    public void A_loss_that_depends_on_nothing_trained_is_refused()
    {
        Mlp network = Network(Activation.Tanh);
        Mlp other = Network(Activation.Tanh);
        var tape = new Tape(_device);
        Tensor loss = Mean(network.Forward(Input(tape)));
        Assert.Throws<InvalidOperationException>(() => tape.Backward(loss, other.Parameters));
        Assert.Throws<InvalidOperationException>(() => tape.Backward(network.Forward(Input(tape)), network.Parameters));
    }
}
