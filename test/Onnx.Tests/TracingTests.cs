using Adversarial.Neural;
using Adversarial.Numerics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static Adversarial.Neural.Functions;
using Tensor = Adversarial.Neural.Tensor;

namespace Onnx.Tests;

/// <summary>The device that writes down what it computes: each operation by itself, and what it refuses.</summary>
public class TracingTests
{
    private const int Columns = 12;
    private const int RowCount = 17;

    private static readonly CpuDevice _device = new();

    private static float[] Draw(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => 4 * random.NextSingle() - 2)];
    }

    private static T Initialized<T>(T network)
        where T : Network
    {
        var noise = new NoiseSource(1);
        noise.Begin(0);
        network.Initialize(noise);
        return network;
    }

    private static byte[] Write(Func<Tensor, Tensor> function, int outputs)
    {
        var graph = new OnnxGraph();
        OnnxValue value = TracingDevice.Trace(graph, graph.AddInput("x", Columns), Columns, function);
        graph.AddOutput("y", value, outputs);
        using var stream = new MemoryStream();
        graph.Save(stream, "test", "a function");
        return stream.ToArray();
    }

    private static void AssertSame(Func<Tensor, Tensor> function)
    {
        float[] rows = Draw(RowCount * Columns);
        var tape = new Tape(_device, recording: false);
        Tensor result = function(tape.Constant(rows, RowCount, Columns));
        float[] ours = result.ToArray();
        using var session = new InferenceSession(Write(function, result.Columns));
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(rows, [RowCount, Columns]))]);
        float[] theirs = [.. results[0].AsEnumerable<float>()];
        Assert.Equal([RowCount, result.Columns], results[0].AsTensor<float>().Dimensions.ToArray());
        Assert.InRange(ScoreComparison.Largest(ours, theirs).Difference, 0, ScoreComparison.Tolerance);
        Assert.True(ours.Distinct().Count() > 1, "A function of nothing shows nothing.");
    }

    private static readonly Dictionary<string, Func<Tensor, Tensor>> _functions = new()
    {
        ["arithmetic"] = x => Affine(x * x - 2 * x, 0.5f, 3) + -x,
        ["activations"] = x => ConcatenateColumns(Sigmoid(x), Tanh(x), Exp(x), Softplus(x), Relu(x), LeakyRelu(x, 0.3f)),
        ["parts of parts"] = x => ConcatenateColumns(x.SliceColumns(5, 4), x.SliceColumns(0, 6)).SliceColumns(2, 5),
        ["other rows and back"] = x => Relu(x.Reshape(x.Rows * 3, Columns / 3)).Reshape(x.Rows, Columns),
        ["rows below rows"] = x => Both(ConcatenateRows(x, 2 * x, -x)),
        ["one over each"] = x => Reciprocal(Affine(Sigmoid(x), 1, 1)),
        ["norms"] = x => ConcatenateColumns(RowNorm(x), RowAbsoluteNorm(x), RowEuclideanDistance(x, Tanh(x)), RowAbsoluteDistance(x, Sigmoid(x))),
        ["features of a reconstruction"] = x => ReconstructionFeatures(x, Tanh(x)),
        ["categories"] = x => Categories(x, new ColumnGroups(Columns, (1, 3), (6, 4)), 0.5f),
        ["the largest of each group"] = x => Categories(x, new ColumnGroups(Columns, (1, 3), (6, 4)), hard: true),
        ["layer normalisation"] = Networks(LayerSpecOf(Normalization.Layer)),
        ["batch normalisation"] = Networks(LayerSpecOf(Normalization.Batch)),
        ["spectral normalisation"] = Networks(LayerSpecOf(Normalization.None) with { SpectralNorm = true }),
        ["convolutions and poolings"] = Convolutions(new MapShape(3, 4, 1),
            LayerSpec.Convolution(5, WindowSpec.Same(3), Activation.LeakyRelu(0.2f), Normalization.Batch), LayerSpec.MaxPooling(2), LayerSpec.Convolution(3, new WindowSpec(1), Activation.Tanh)),
        ["odd windows"] = Convolutions(new MapShape(4, 3, 1),
            LayerSpec.Convolution(4, new WindowSpec(2, 2, 1, 0), Activation.Relu), LayerSpec.TransposedConvolution(2, new WindowSpec(3, 2, 1, 0), Activation.Identity)),
        ["upsampling"] = Convolutions(new MapShape(2, 2, 3), LayerSpec.Upsampling(3), LayerSpec.Convolution(2, WindowSpec.Same(3, 2), Activation.Sigmoid), LayerSpec.AveragePooling(2)),
    };

    private static LayerSpec LayerSpecOf(Normalization normalization) => new(7, Activation.Tanh, normalization);

    private static Func<Tensor, Tensor> Networks(LayerSpec layer)
    {
        Mlp network = Initialized(new Mlp(_device, "network", Columns, [layer, new LayerSpec(3, Activation.Identity)]));
        return x => network.Forward(x);
    }

    private static Func<Tensor, Tensor> Convolutions(MapShape input, params LayerSpec[] layers)
    {
        ConvolutionalNetwork network = Initialized(new ConvolutionalNetwork(_device, "network", input, layers));
        return x => network.Forward(x);
    }

    private static Tensor Both(Tensor all)
    {
        Tensor activated = Sigmoid(all);
        int rows = all.Rows / 3;
        return activated.SliceRows(0, rows) - activated.SliceRows(2 * rows, rows) * activated.SliceRows(rows, rows);
    }

    public static TheoryData<string> Functions => [.. _functions.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void AnOperationIsWrittenAsItIsComputed(string function) => AssertSame(_functions[function]);

    private static readonly Dictionary<string, Func<Tensor, Tensor>> _refused = new()
    {
        ["statistics over all rows"] = x => CenterColumns(x),
        ["losses"] = x => x * Repeated(Mean(x), x),
        ["random draws"] = x => SampleCategories(x, new ColumnGroups(Columns, (0, 4)), 1, new RandomStream(1, 2, 3)),
        ["differ from row to row"] = x => x + x.Tape.Normal(x.Rows, x.Columns, new RandomStream(1, 2, 3)),
        ["decisions"] = x => x.ToArray()[0] > 0 ? x : -x,
        ["depends on the number of rows"] = x => (1f / x.Rows) * x,
        ["depends on none of them"] = x => x.Tape.Constant(new float[x.Rows], x.Rows, 1),
        ["how they grow"] = x => x.SliceRows(0, 1) + x.SliceRows(1, 1),
    };

    private static Tensor Repeated(Tensor number, Tensor like) => number.Tape.Allocate(like.Rows, like.Columns);

    public static TheoryData<string> Refused => [.. _refused.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public void WhatNoGraphCanHoldIsRefused(string what) =>
        Assert.Contains(what, Assert.Throws<NotSupportedException>(() => Write(_refused[what], 1)).Message);

    [Fact]
    public void EqualConstantsAreKeptOnce()
    {
        Mlp network = Initialized(new Mlp(_device, "network", Columns, [], 4000, Activation.Identity, Activation.Identity));
        byte[] once = Write(x => network.Forward(x), 4000), twice = Write(x => network.Forward(x) + network.Forward(Tanh(x)), 4000);
        Assert.InRange(twice.Length, once.Length, once.Length + 1000);
    }

    [Fact]
    public void TheComparisonSeesADifference()
    {
        Assert.Equal(0, ScoreComparison.Largest([1, float.NaN, 0], [1, float.NaN, 0]).Difference);
        Assert.Equal((0.5, 1), ScoreComparison.Largest([1, 1, 1], [1, 2, 1]));
        Assert.Equal(0.5, ScoreComparison.Largest([1, 0, 1], [1, -0.5f, 1]).Difference);
        Assert.Equal(double.PositiveInfinity, ScoreComparison.Largest([1, 2], [1, float.NaN]).Difference);
        Assert.Equal(double.PositiveInfinity, ScoreComparison.Largest([0, 0], [0, float.NegativeInfinity]).Difference);
    }
}
