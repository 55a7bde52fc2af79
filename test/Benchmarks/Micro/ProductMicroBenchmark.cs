using Adversarial.Numerics;
using BenchmarkDotNet.Attributes;

namespace Adversarial.Benchmarks;

/// <summary>The three products of a layer at the methods' layer shapes, on one thread.</summary>
public class ProductMicroBenchmark
{
    private Action[] _products = [];

    /// <summary>Layer shapes, rows x inputs x outputs.</summary>
    public static IEnumerable<string> Shapes => LayerShape.All.Select(shape => $"{shape.Rows}x{shape.Inputs}x{shape.Outputs}").Distinct();

    /// <summary>The layer.</summary>
    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "";

    /// <summary>Makes the matrices.</summary>
    [GlobalSetup]
    public void Setup() => _products = [.. LayerKernels.Of(LayerShape.Parse(Shape), WorkerGang.Single).Select(product => product.Action)];

    /// <summary>X W with bias and activation.</summary>
    [Benchmark]
    public void Forward() => _products[0]();

    /// <summary>dY W^T with the activation's derivative.</summary>
    [Benchmark]
    public void InputGradient() => _products[1]();

    /// <summary>X^T dY and the bias's gradient.</summary>
    [Benchmark]
    public void WeightGradient() => _products[2]();
}
