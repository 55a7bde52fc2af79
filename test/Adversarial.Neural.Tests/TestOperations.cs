using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>Losses that use each operation that has a gradient, whatever the device.</summary>
internal static class TestOperations
{
    /// <summary>By name: each takes a network output in about (-2, 2) of three columns and reduces it to one number.</summary>
    public static IReadOnlyDictionary<string, Func<Tensor, Tensor>> All { get; } = new Dictionary<string, Func<Tensor, Tensor>>
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

    public static NoiseSource Noise()
    {
        var noise = new NoiseSource(3);
        noise.Begin(4);
        return noise;
    }
}
