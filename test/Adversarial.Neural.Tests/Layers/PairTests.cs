using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>The features of pairs (a, a) and (a, b) are those of the pairs written out, there and back.</summary>
public class PairTests
{
    private const int Rows = 5;
    private const int Columns = 3;

    private static NoiseSource Noise()
    {
        var noise = new NoiseSource(3);
        noise.Begin(4);
        return noise;
    }

    private static Mlp Judge(IDevice device, bool spectral, float dropout)
    {
        var activation = Activation.LeakyRelu(0.2f);
        var network = new Mlp(device, "judge", 2 * Columns,
        [
            new LayerSpec(7, activation, Dropout: dropout, SpectralNorm: spectral),
            new LayerSpec(4, activation, Dropout: dropout, SpectralNorm: spectral),
            new LayerSpec(1, Activation.Identity),
        ]);
        network.Initialize(Noise());
        return network;
    }

    private static Tensor Input(Tape tape, ulong purpose) => tape.Normal(Rows, Columns, new RandomStream(1, purpose, 3));

    private static Tensor WrittenOut(Mlp judge, Tensor a, Tensor b, NoiseSource? noise) =>
        judge.Features(ConcatenateRows(ConcatenateColumns(a, a), ConcatenateColumns(a, b)), noise);

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 0.4f)]
    [InlineData(true, 0.4f)]
    public void Values_and_gradients_are_those_of_the_pairs_written_out(bool spectral, float dropout)
    {
        (float[] Features, float[] Gradients) Run(IDevice device, Func<Mlp, Tensor, Tensor, NoiseSource?, Tensor> features)
        {
            Mlp judge = Judge(device, spectral, dropout);
            var tape = new Tape(device);
            Tensor seen = features(judge, Input(tape, 1), Input(tape, 2), Noise());

            // Two passes of one network in one loss: gradients add up.
            Tensor again = features(judge, Input(tape, 3), Input(tape, 1), Noise());
            Tensor loss = MeanSquare(judge.Output(seen)) + Mean(Sigmoid(judge.Output(again)));
            tape.Backward(loss, judge.Parameters);
            return (seen.ToArray(), TestNetworks.Gradients(judge));
        }

        foreach (IDevice device in (IDevice[])[new ReferenceDevice(), new CpuDevice()])
        {
            var expected = Run(device, WrittenOut);
            var actual = Run(device, (judge, a, b, noise) => judge.FeaturesOfPairs(a, b, noise));
            float tolerance = device is CpuDevice ? 1e-5f : 1e-6f;
            Assert.All(expected.Features.Zip(actual.Features), pair => Assert.Equal(pair.First, pair.Second, tolerance));
            Assert.All(expected.Gradients.Zip(actual.Gradients), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_of_both_rows_equal_central_differences(bool spectral)
    {
        var device = new ReferenceDevice();
        Mlp judge = Judge(device, spectral, dropout: 0), maker = TestNetworks.Make(device, "maker", Columns, 2 * Columns);
        double error = GradientCheck.LargestError(tape =>
        {
            Tensor made = maker.Forward(Input(tape, 1));
            Tensor seen = judge.FeaturesOfPairs(made.SliceColumns(0, Columns), made.SliceColumns(Columns, Columns));
            return Mean(Sigmoid(judge.Output(seen)));
        }, judge, maker);
        Assert.InRange(error, 0, 1e-6);
    }

    [Fact]
    public void Rows_that_make_no_pairs_and_networks_that_take_none_are_named()
    {
        var device = new ReferenceDevice();
        var tape = new Tape(device);
        Mlp judge = Judge(device, spectral: false, dropout: 0);
        Assert.Contains("6 inputs", Assert.Throws<ArgumentException>(() => judge.FeaturesOfPairs(Input(tape, 1), tape.Allocate(Rows, 2))).Message);
        var flat = new Mlp(device, "flat", 2 * Columns, [], 1, Activation.Identity, Activation.Identity);
        Assert.Contains("hidden", Assert.Throws<InvalidOperationException>(() => flat.FeaturesOfPairs(Input(tape, 1), Input(tape, 2))).Message);
        var normalised = new Mlp(device, "normalised", 2 * Columns,
            [new LayerSpec(4, Activation.Relu, Normalization.Batch), new LayerSpec(1, Activation.Identity)]);
        Assert.Contains("not normalised",
            Assert.Throws<InvalidOperationException>(() => normalised.FeaturesOfPairs(Input(tape, 1), Input(tape, 2))).Message);
    }
}
