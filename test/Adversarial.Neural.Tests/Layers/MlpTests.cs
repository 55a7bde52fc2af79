using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>Networks from lists of layers.</summary>
public class MlpTests
{
    private static readonly RandomStream _data = new(1, 2, 3);

    private static readonly LayerSpec[] _mixed =
    [
        new(9, Activation.LeakyRelu(0.1f), Normalization.Batch, 0.2f),
        new(7, Activation.Tanh, Dropout: 0.3f),
        new(5, Activation.Sigmoid, Normalization.Layer),
        new(2, Activation.Identity),
    ];

    private static NoiseSource Noise()
    {
        var noise = new NoiseSource(3);
        noise.Begin(4);
        return noise;
    }

    private static Mlp Make(IDevice device, params LayerSpec[] layers)
    {
        var network = new Mlp(device, "network", 4, layers);
        network.Initialize(Noise());
        return network;
    }

    [Fact]
    public void Gradients_equal_differences_in_training_and_in_scoring()
    {
        var device = new ReferenceDevice();
        Mlp network = Make(device, _mixed);
        Assert.InRange(GradientCheck.LargestError(tape => Mean(Sigmoid(network.Forward(tape.Normal(6, 4, _data), Noise()))), network), 0, 1e-5);
        Assert.InRange(GradientCheck.LargestError(tape => Mean(Sigmoid(network.Forward(tape.Normal(6, 4, _data)))), network), 0, 1e-5);
        Tensor Hidden(Tape tape)
        {
            Tensor wide = tape.Allocate(6, network.HiddenWidth);
            return Mean(Sigmoid(network.Output(network.Hidden(tape.Normal(6, 4, _data), wide, Noise())))) + Mean(Tanh(wide));
        }

        Assert.InRange(GradientCheck.LargestError(Hidden, network), 0, 1e-5);
    }

    [Fact]
    public void Scoring_with_batch_normalisation_inside_the_product_gives_what_the_layers_give_one_by_one()
    {
        foreach (IDevice device in (IDevice[])[new CpuDevice(), new ReferenceDevice()])
        {
            Mlp network = Make(device,
                new(19, Activation.LeakyRelu(0.2f), Normalization.Batch), new(16, Activation.Relu, Normalization.Batch, SpectralNorm: true),
                new(9, Activation.Tanh, Normalization.Batch, 0.5f), new(5, Activation.Identity, Normalization.Batch));
            Tape recording = new(device), scoring = new(device, recording: false);
            for (int step = 0; step < 5; step++)
                network.Forward(recording.Normal(40, 4, _data, mean: 2), Noise());
            float[] expected = network.Forward(recording.Normal(40, 4, _data)).ToArray(), parameters = TestNetworks.Values(network);
            float[] actual = network.Forward(scoring.Normal(40, 4, _data)).ToArray();
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 1e-5f * Math.Max(1, Math.Abs(expected[i])));
            Assert.Equal(parameters, TestNetworks.Values(network));
        }
    }

    [Fact]
    public void The_old_constructor_is_a_list_of_equal_layers()
    {
        var device = new CpuDevice();
        var old = new Mlp(device, "network", 4, [6, 5], 2, Activation.Tanh, Activation.Sigmoid, 0.25f);
        old.Initialize(Noise());
        Mlp network = Make(device, new(6, Activation.Tanh, Dropout: 0.25f), new(5, Activation.Tanh, Dropout: 0.25f), new(2, Activation.Sigmoid));
        Assert.Equal(TestNetworks.Values(old), TestNetworks.Values(network));
        var tape = new Tape(device);
        Tensor x = tape.Normal(6, 4, _data);
        Assert.Equal(old.Forward(x, Noise()).ToArray(), network.Forward(x, Noise()).ToArray());
        Assert.True(network.Parameters.Buffers.IsNone);
    }

    [Fact]
    public void Features_and_output_are_the_two_parts_of_a_pass()
    {
        var device = new CpuDevice();
        Mlp network = Make(device, _mixed);
        var tape = new Tape(device);
        Tensor x = tape.Normal(6, 4, _data), wide = tape.Allocate(6, network.HiddenWidth);
        Tensor features = network.Features(x);
        Assert.Equal((6, network.FeatureWidth), (features.Rows, features.Columns));
        Assert.Equal(network.Forward(x).ToArray(), network.Output(features).ToArray());
        Assert.Equal(features.ToArray(), network.Hidden(x, wide).ToArray());
        Assert.NotEqual(network.Forward(x).ToArray(), network.Forward(x, Noise()).ToArray());
        Mlp line = Make(device, new LayerSpec(2, Activation.Identity));
        Assert.Equal(x.ToArray(), line.Features(x).ToArray());
        Assert.Equal(4, line.FeatureWidth);
    }

    [Fact]
    public void Settings_reach_the_batch_normalisations()
    {
        var device = new CpuDevice();
        LayerSpec[] layers = [new(3, Activation.Identity, Normalization.Batch), new(1, Activation.Identity)];
        var network = new Mlp(device, "network", 4, layers, new BatchNormSettings(Momentum: 1));
        network.Initialize(Noise());
        var tape = new Tape(device);
        // With a momentum of 1 the running statistics are those of the last batch, but for the unbiased variance.
        Tensor x = tape.Normal(2000, 4, _data);
        float[] training = network.Features(x, Noise()).ToArray(), scoring = network.Features(x).ToArray();
        Assert.All(training.Zip(scoring), pair => Assert.Equal(pair.First, pair.Second, 2e-3f));
    }

    [Fact]
    public void Lists_that_make_no_network_are_refused()
    {
        var device = new CpuDevice();
        Assert.Throws<ArgumentException>(() => new Mlp(device, "network", 4, ReadOnlySpan<LayerSpec>.Empty));
        Assert.Throws<ArgumentOutOfRangeException>(() => Make(device, new LayerSpec(2, Activation.Identity, Dropout: 1)));
    }
}
