using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>Every operation's gradient equals central differences.</summary>
public class GradientTests
{
    private const int Rows = 5;
    private const int Inputs = 4;

    private static readonly ReferenceDevice _device = new();

    public static TheoryData<string> Operations => [.. _operations.Keys];

    // Each takes a network output in about (-2, 2) and reduces it to one number.
    private static readonly Dictionary<string, Func<Tensor, Tensor>> _operations = new()
    {
        ["mean"] = Mean,
        ["sigmoid"] = y => Mean(Sigmoid(y)),
        ["tanh"] = y => Mean(Tanh(y)),
        ["exp"] = y => Mean(Exp(y)),
        ["exp minus identity"] = MeanExpMinusIdentity,
        ["softplus"] = y => Mean(Softplus(y)),
        ["relu"] = y => Mean(Relu(y)),
        ["leaky relu"] = y => Mean(LeakyRelu(y, 0.2f)),
        ["add"] = y => MeanSquaredError(y + Sigmoid(y), Other(y)),
        ["subtract"] = y => MeanSquaredError(y - Tanh(y), Other(y)),
        ["negate"] = y => MeanSquaredError(-y, Other(y)),
        ["scale"] = y => MeanSquaredError(3 * y, Other(y)),
        ["affine"] = y => MeanSquaredError(Affine(y, 0.7f, -0.4f), Other(y)),
        ["multiply"] = y => Mean(y * Sigmoid(y)),
        ["bce"] = y => BinaryCrossEntropy(Sigmoid(y), Sigmoid(Other(y))),
        ["bce constant"] = y => BinaryCrossEntropy(Sigmoid(y), 0.9f),
        ["bce logits"] = y => BinaryCrossEntropyWithLogits(y, Sigmoid(Other(y))),
        ["bce logits constant"] = y => BinaryCrossEntropyWithLogits(y, 1),
        ["mse"] = y => MeanSquaredError(y, Other(y)),
        ["mse to target"] = y => MeanSquaredError(Other(y), y),
        ["weighted mse"] = y => MeanSquaredError(y, Other(y), Weights(y)),
        ["weighted mse to target"] = y => MeanSquaredError(Other(y), Sigmoid(y), Weights(y).Value),
        ["weighted mse to both"] = y => MeanSquaredError(Tanh(y), y, Weights(y)),
        ["l1"] = y => MeanAbsoluteError(y, Other(y)),
        ["l1 to target"] = y => MeanAbsoluteError(Other(y), y),
        ["reconstruction features"] = y => MeanSquaredError(ReconstructionFeatures(Other(y), y), Other(y).SliceColumns(0, 2)),
        ["mixture energy"] = y => Energy(MixtureEnergy(y, Sigmoid(y), 1e-2f)),
        ["mixture energy of points"] = y => Energy(MixtureEnergy(y.SliceColumns(0, 2), Sigmoid(Other(y)), 1e-2f)),
        ["mixture energy of memberships"] = y => Energy(MixtureEnergy(Other(y), Sigmoid(y.SliceColumns(1, 2)), 1e-2f)),
        ["dropout"] = y => MeanSquaredError(Drop(y, 0.4f, Noise()), Other(y)),
        ["concatenate columns"] = y => MeanSquaredError(ConcatenateColumns(y, Sigmoid(y)), ConcatenateColumns(Other(y), Other(y))),
        ["concatenate rows"] = y => MeanSquaredError(ConcatenateRows(Tanh(y), y), ConcatenateRows(Other(y), Other(y))),
        ["row slices"] = y => Mean(Sigmoid(y.SliceRows(1, 2))) - 2 * Mean(Tanh(y.SliceRows(3, 2))),
        ["column slices"] = y => Mean(Sigmoid(y.SliceColumns(1, 2))) + MeanSquaredError(y.SliceColumns(0, 1), y.SliceColumns(2, 1)),
        ["nested slices"] = y => Mean(Sigmoid(y.SliceColumns(1, 2).SliceRows(1, 3))),
    };

    private static Tensor Other(Tensor y) => y.Tape.Normal(y.Rows, y.Columns, new RandomStream(9, 1, 2));

    private static Tensor Energy(Tensor both) => both.SliceColumns(0, 1) + 0.02f * both.SliceColumns(1, 1);

    private static Tensor Weights(Tensor y) => y.Tape.Constant([0.5f, 0, 2], 1, y.Columns);

    private static NoiseSource Noise()
    {
        var noise = new NoiseSource(3);
        noise.Begin(4);
        return noise;
    }

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
        Assert.InRange(GradientCheck.LargestError(tape => _operations[name](network.Forward(Input(tape))), network), 0, 1e-6);
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
