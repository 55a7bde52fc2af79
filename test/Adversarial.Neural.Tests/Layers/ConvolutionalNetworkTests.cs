using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>Networks of convolutions, poolings and dense layers: gradients, devices, threads, memory.</summary>
public class ConvolutionalNetworkTests
{
    private const int Images = 3;

    private static readonly MapShape _input = new(6, 5, 2);

    private static readonly Activation _leaky = Activation.LeakyRelu(0.2f);

    private static readonly WindowSpec _even = WindowSpec.Same(4, 2);

    private static readonly WindowSpec _uneven = new(3, 1, 2, 1);

    private static readonly Dictionary<string, LayerSpec[]> _networks = new()
    {
        ["convolution"] = [LayerSpec.Convolution(3, _uneven, Activation.Tanh), new(2, Activation.Identity)],
        ["strided convolution"] = [LayerSpec.Convolution(3, _even, _leaky), LayerSpec.Convolution(2, WindowSpec.Same(3, 2), Activation.Sigmoid)],
        ["transposed convolution"] = [LayerSpec.TransposedConvolution(3, _uneven, Activation.Tanh), LayerSpec.TransposedConvolution(1, _even, Activation.Identity)],
        ["valid transposed convolution"] = [LayerSpec.TransposedConvolution(2, new WindowSpec(2, 3), Activation.Tanh), new(2, Activation.Identity)],
        ["without bias"] = [LayerSpec.Convolution(3, _even, Activation.Tanh) with { WithoutBias = true }, new(2, Activation.Identity) { WithoutBias = true }],
        ["max pooling"] = [LayerSpec.Convolution(3, _uneven, Activation.Tanh), LayerSpec.MaxPooling(2), new(2, Activation.Identity)],
        ["average pooling"] = [LayerSpec.Convolution(3, _uneven, Activation.Tanh), LayerSpec.AveragePooling(2), new(2, Activation.Identity)],
        ["upsampling"] = [LayerSpec.Convolution(3, _uneven, Activation.Tanh), LayerSpec.Upsampling(2), LayerSpec.Convolution(1, _even, Activation.Tanh)],
        ["reshape"] = [new(12, Activation.Tanh), LayerSpec.Reshape(new MapShape(2, 3, 2)), LayerSpec.Convolution(2, _even, Activation.Tanh)],
        ["activation"] = [LayerSpec.Convolution(3, _uneven, Activation.Identity), LayerSpec.Activate(_leaky), new(2, Activation.Identity)],
        ["batch normalisation"] = [LayerSpec.Convolution(3, _even, _leaky, Normalization.Batch), LayerSpec.TransposedConvolution(2, _even, Activation.Tanh, Normalization.Batch)],
        ["normalised activation"] = [LayerSpec.Convolution(3, _uneven, Activation.Identity), LayerSpec.Activate(_leaky, Normalization.Batch), new(2, Activation.Identity)],
        ["dropout"] = [LayerSpec.Convolution(3, _even, _leaky) with { Dropout = 0.4f }, LayerSpec.TransposedConvolution(2, _even, Activation.Tanh) with { Dropout = 0.3f }],
    };

    public static TheoryData<string> Names => [.. _networks.Keys];

    private static NoiseSource Noise()
    {
        var noise = new NoiseSource(3);
        noise.Begin(4);
        return noise;
    }

    private static ConvolutionalNetwork Make(IDevice device, params LayerSpec[] layers)
    {
        var network = new ConvolutionalNetwork(device, "network", _input, layers);
        network.Initialize(Noise());
        return network;
    }

    private static Tensor Rows(Tape tape, int images = Images) => tape.Normal(images, _input.Features, new RandomStream(1, 2, 3));

    private static Tensor Loss(Tensor y) => MeanSquaredError(y, y.Tape.Normal(y.Rows, y.Columns, new RandomStream(9, 1, 2)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_equal_differences(string name)
    {
        // What stands before makes sure that the gradient with respect to the images is right too.
        var device = new ReferenceDevice();
        ConvolutionalNetwork before = Make(device, LayerSpec.Convolution(2, WindowSpec.Same(1), Activation.Softplus)), network = Make(device, _networks[name]);
        Assert.InRange(GradientCheck.LargestError(tape => Loss(network.Forward(before.Forward(Rows(tape)), Noise())), before, network), 0, 1e-5);
    }

    [Fact]
    public void Input_gradients_equal_differences_and_have_gradients()
    {
        LayerSpec[] layers =
        [
            LayerSpec.Convolution(3, _even, _leaky), new(12, _leaky), LayerSpec.Reshape(new MapShape(2, 3, 2)),
            LayerSpec.TransposedConvolution(2, WindowSpec.Same(3), _leaky), LayerSpec.Convolution(2, _uneven, Activation.Relu) with { WithoutBias = true }, new(1, Activation.Identity),
        ];
        ConvolutionalNetwork network = Make(new ReferenceDevice(), layers);
        Assert.InRange(GradientCheck.LargestError(tape => MeanSquare(Affine(RowNorm(network.InputGradient(Rows(tape))), 1, -1)) + Mean(network.Forward(Rows(tape))), network), 0, 1e-5);

        var device = new ReferenceDevice();
        network = Make(device, layers);
        var tape = new Tape(device);
        float[] images = Rows(tape).ToArray(), gradient = network.InputGradient(Rows(tape)).ToArray();
        float Output(int changed, float by)
        {
            float[] copy = [.. images];
            copy[changed] += by;
            return network.Forward(tape.Constant(copy, Images, _input.Features)).ToArray().Sum();
        }

        const float Step = 1e-3f;
        for (int i = 0; i < images.Length; i += 7)
            Assert.Equal((Output(i, Step) - Output(i, -Step)) / (2 * Step), gradient[i], 1e-3f);
    }

    [Fact]
    public void Input_gradients_are_refused_where_there_are_none()
    {
        ConvolutionalNetwork[] networks =
        [
            Make(new ReferenceDevice(), new LayerSpec(2, Activation.Identity)),
            Make(new ReferenceDevice(), LayerSpec.Convolution(3, _even, _leaky, Normalization.Batch), new(1, Activation.Identity)),
            Make(new ReferenceDevice(), LayerSpec.Convolution(3, _even, Activation.Tanh), new(1, Activation.Identity)),
            Make(new ReferenceDevice(), LayerSpec.Convolution(3, _even, _leaky), LayerSpec.MaxPooling(2), new(1, Activation.Identity)),
        ];
        foreach (ConvolutionalNetwork network in networks)
            Assert.Throws<InvalidOperationException>(() => network.InputGradient(Rows(new Tape(network.Parameters.Device))));
    }

    [Fact]
    public void Gradients_of_two_passes_add_up()
    {
        ConvolutionalNetwork network = Make(new ReferenceDevice(),
            [LayerSpec.Convolution(2, WindowSpec.Same(3), _leaky), LayerSpec.TransposedConvolution(2, WindowSpec.Same(3), Activation.Tanh), LayerSpec.MaxPooling(2), LayerSpec.Upsampling(2)]);
        Assert.InRange(GradientCheck.LargestError(tape =>
        {
            Tensor x = Rows(tape), into = tape.Allocate(2 * Images, network.Outputs);
            network.Forward(x, into: into.SliceRows(0, Images));
            network.Forward(-x, into: into.SliceRows(Images, Images));
            return Loss(into) + Mean(Sigmoid(network.Forward(x)));
        }, network), 0, 1e-5);
    }

    [Theory]
    [InlineData(LayerKind.Convolution)]
    [InlineData(LayerKind.TransposedConvolution)]
    public void Gradients_of_spectral_normalisation_equal_differences(LayerKind kind)
    {
        ConvolutionalNetwork network = Make(new ReferenceDevice(), new LayerSpec(3, _leaky, SpectralNorm: true) { Kind = kind, Window = _even });
        Assert.InRange(GradientCheck.LargestError(tape => Loss(network.Forward(Rows(tape))) + Mean(Sigmoid(network.Forward(-Rows(tape)))), network), 0, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_processor_agrees_with_the_reference(string name)
    {
        (float[] expected, float[] gradients) = Pass(new ReferenceDevice(), name);
        (float[] actual, float[] actualGradients) = Pass(new CpuDevice(), name);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.All(gradients.Zip(actualGradients), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.Contains(gradients, gradient => Math.Abs(gradient) > 1e-2f);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_number_of_threads_changes_no_bit(string name)
    {
        using var gang = new WorkerGang(3);
        (float[] outputs, float[] gradients) = Pass(new CpuDevice(), name, images: 70);
        (float[] ofThree, float[] gradientsOfThree) = Pass(new CpuDevice(gang), name, images: 70);
        Assert.Equal(outputs, ofThree);
        Assert.Equal(gradients, gradientsOfThree);
    }

    private static (float[] Outputs, float[] Gradients) Pass(IDevice device, string name, int images = Images)
    {
        ConvolutionalNetwork network = Make(device, _networks[name]);
        var tape = new Tape(device);
        Tensor y = network.Forward(Rows(tape, images), Noise());
        tape.Backward(Loss(y), network.Parameters);
        return ([.. y.ToArray(), .. TestNetworks.Read(device, network.Parameters.Buffers.IsNone ? network.Parameters.Values : network.Parameters.Buffers)], TestNetworks.Gradients(network));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scoring_is_the_same_recorded_or_not_and_of_each_image_alone(string name)
    {
        var device = new CpuDevice();
        ConvolutionalNetwork network = Make(device, _networks[name]);
        Tape recording = new(device), scoring = new(device, recording: false);
        network.Forward(Rows(recording), Noise());
        float[] recorded = network.Forward(Rows(recording)).ToArray(), scored = network.Forward(Rows(scoring)).ToArray();
        Assert.All(recorded.Zip(scored), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(scored[^network.Outputs..], network.Forward(Rows(scoring).SliceRows(Images - 1, 1)).ToArray());
    }

    [Fact]
    public void A_step_in_steady_state_allocates_nothing()
    {
        LayerSpec[] layers =
        [
            LayerSpec.Convolution(4, _even, _leaky, Normalization.Batch), LayerSpec.MaxPooling(2), new LayerSpec(6, Activation.Tanh, Dropout: 0.2f),
            LayerSpec.Reshape(new MapShape(1, 2, 3)), LayerSpec.Upsampling(3), LayerSpec.TransposedConvolution(2, new WindowSpec(5, 1, 2, 2), Activation.Sigmoid),
        ];
        var device = new CpuDevice();
        ConvolutionalNetwork network = Make(device, layers);
        var adam = new Adam(new AdamSettings(1e-3f), network);
        var tape = new Tape(device);
        var noise = new NoiseSource(1);
        long step = 0;
        Assert.Equal(0, SteadyState.AllocatedBytes(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                tape.Reset();
                noise.Begin(++step);
                adam.Minimize(Loss(network.Forward(Rows(tape, 40), noise)));
            }
        }));
    }

    [Fact]
    public void Shapes_are_those_of_the_papers()
    {
        var device = new CpuDevice();
        MapShape After(MapShape from, params LayerSpec[] layers) => new ConvolutionalNetwork(device, "network", from, layers).OutputMaps;
        WindowSpec[] windows = [WindowSpec.Same(3, 2), WindowSpec.Same(3, 2), WindowSpec.Same(3, 2), new(3, 2)];
        Assert.Equal(new MapShape(1, 1, 16), After(new(28, 28, 1), [.. windows.Select(window => LayerSpec.Convolution(16, window, _leaky))]));
        windows = [WindowSpec.Same(4, 2), new(4, 2), new(4, 2), WindowSpec.Same(4, 2)];
        Assert.Equal(new MapShape(28, 28, 1), After(new(1, 1, 16), [.. windows.Select(window => LayerSpec.TransposedConvolution(1, window, _leaky))]));
        Assert.Equal(new MapShape(14, 14, 8), After(new(16, 16, 4), LayerSpec.TransposedConvolution(8, new(5, 1, 3, 3), _leaky)));
        Assert.Equal(new MapShape(3, 3, 2), After(new(7, 7, 2), LayerSpec.MaxPooling(2)));
        Assert.Equal(new MapShape(14, 21, 2), After(new(2, 3, 2), LayerSpec.Upsampling(7)));
        Assert.Equal(14 * 14 * 16L * 3 + 14 * 14 * 3 * 5, new ConvolutionalNetwork(device, "network", new(28, 28, 1), [LayerSpec.Convolution(3, WindowSpec.Same(4, 2), _leaky), new(5, _leaky)]).MultiplyAdds);
    }

    [Fact]
    public void Networks_that_do_not_fit_are_refused()
    {
        void Refused(params LayerSpec[] layers) => Assert.ThrowsAny<ArgumentException>(() => Make(new CpuDevice(), layers));
        Refused();
        Refused(LayerSpec.MaxPooling(7));
        Refused(LayerSpec.MaxPooling(0));
        Refused(LayerSpec.Upsampling(0));
        Refused(LayerSpec.Convolution(2, new WindowSpec(7), _leaky));
        Refused(LayerSpec.Convolution(0, new WindowSpec(3), _leaky));
        Refused(LayerSpec.Convolution(2, new WindowSpec(3), _leaky, Normalization.Layer));
        Refused(LayerSpec.TransposedConvolution(2, new WindowSpec(3, 1, 5, 5), _leaky));
        Refused(LayerSpec.Reshape(new MapShape(6, 5, 3)));
        Refused(LayerSpec.MaxPooling(2) with { Dropout = 0.1f });
        Assert.Throws<ArgumentException>(() => new Mlp(new CpuDevice(), "network", 4, [LayerSpec.MaxPooling(2)]));
        var tape = new Tape(new CpuDevice());
        ConvolutionalNetwork network = Make(tape.Device, LayerSpec.MaxPooling(2));
        Assert.Throws<ArgumentException>(() => network.Forward(tape.Allocate(2, 59)));
        Assert.Throws<ArgumentException>(() => tape.Allocate(2, 3).Reshape(4, 2));
        Assert.Throws<ArgumentException>(() => tape.Allocate(2, 3).SliceColumns(0, 2).Reshape(1, 4));
    }
}
