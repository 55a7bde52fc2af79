using System.Text.Json;
using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors.Tests;

/// <summary>Spectral and batch normalisation do what PyTorch's modules do, over passes that change their state (eng/golden/layers.py).</summary>
public class LayerGoldenTests
{
    private const int Inputs = 5;
    private const int Outputs = 4;

    // The library computes the factors of the running averages in single precision.
    private const double DoubleTolerance = 1e-9;
    private const double StatisticsTolerance = 1e-6;
    private const double FloatTolerance = 1e-5;

    private sealed class OneLayer(IDevice device) : Network(device, "layer")
    {
        public override void Initialize(NoiseSource noise)
        {
        }

        public void Seal() => Complete();
    }

    private static JsonElement Expected(string part)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "layers.json")));
        return file.RootElement.GetProperty("expected").GetProperty(part).Clone();
    }

    private static double[] Numbers(JsonElement of, string name) => [.. of.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    private static float[] Floats(JsonElement of, string name) => Array.ConvertAll(Numbers(of, name), v => (float)v);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Spectral_normalization_follows_changing_weights(bool inDouble)
    {
        JsonElement expected = Expected("spectral");
        var device = new RecordingDevice(inDouble ? new ReferenceDevice() : new CpuDevice(), recorded: null);
        var network = new OneLayer(device);
        var layer = new Linear(network.Parameters, Inputs, Outputs, spectralNorm: true);
        network.Seal();
        device.Set(network.Parameters.Values, [.. Numbers(expected, "weights"), .. Numbers(expected, "bias")]);
        device.Set(network.Parameters.Buffers, Numbers(expected, "vector"));
        float rate = (float)expected.GetProperty("rate").GetDouble();
        var comparison = new GoldenComparison();
        double tolerance = inDouble ? DoubleTolerance : FloatTolerance;
        var tape = new Tape(device);
        foreach (JsonElement pass in expected.GetProperty("passes").EnumerateArray())
        {
            tape.Reset();
            float[] values = Floats(pass, "x");
            int rows = values.Length / Inputs;
            Tensor x = tape.Constant(values, rows, Inputs), upstream = tape.Constant(Floats(pass, "upstream"), rows, Outputs);
            Tensor first = layer.Forward(x, Activation.Identity, training: true);
            Tensor second = layer.Forward(2 * x, Activation.Identity, training: true);
            tape.Backward(rows * Outputs * (Mean(first * upstream) + Mean(second * upstream)), network.Parameters);
            comparison.Add("first pass", Numbers(pass, "first"), device.Values(first.Value), tolerance);
            comparison.Add("second pass", Numbers(pass, "second"), device.Values(second.Value), tolerance);
            comparison.Add("weights' gradient", Numbers(pass, "weightGradient"), device.Values(layer.WeightGradient), tolerance);
            comparison.Add("bias' gradient", Numbers(pass, "biasGradient"), device.Values(layer.BiasGradient), tolerance);
            comparison.Add("vector", Numbers(pass, "vector"), device.Values(layer.SpectralVector), tolerance);
            device.Add(network.Parameters.Gradients, -rate, network.Parameters.Values, accumulate: true);
        }

        Assert.True(comparison.Holds, comparison.ToString());
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    public void Batch_normalization_keeps_running_statistics(bool inDouble, int index)
    {
        JsonElement expected = Expected("batch").GetProperty("cases")[index];
        var device = new RecordingDevice(inDouble ? new ReferenceDevice() : new CpuDevice(), recorded: null);
        var network = new OneLayer(device);
        var layer = new BatchNorm(network.Parameters, Inputs, (float)expected.GetProperty("momentum").GetDouble());
        network.Seal();
        layer.Initialize(default);
        device.Set(network.Parameters.Values, [.. Numbers(expected, "scale"), .. Numbers(expected, "shift")]);
        var comparison = new GoldenComparison();
        double tolerance = inDouble ? DoubleTolerance : FloatTolerance;
        double statisticsTolerance = inDouble ? StatisticsTolerance : FloatTolerance;
        var tape = new Tape(device);
        foreach (JsonElement pass in expected.GetProperty("passes").EnumerateArray())
        {
            tape.Reset();
            float[] values = Floats(pass, "x");
            int rows = values.Length / Inputs;
            Tensor x = tape.Constant(values, rows, Inputs), upstream = tape.Constant(Floats(pass, "upstream"), rows, Inputs);
            Tensor y = layer.Forward(x, Activation.Identity, training: true);
            tape.Backward(rows * Inputs * Mean(y * upstream), network.Parameters);
            comparison.Add("output", Numbers(pass, "y"), device.Values(y.Value), tolerance);
            comparison.Add("scale's gradient", Numbers(pass, "scaleGradient"), device.Values(layer.ScaleGradient), tolerance);
            comparison.Add("shift's gradient", Numbers(pass, "shiftGradient"), device.Values(layer.ShiftGradient), tolerance);
            comparison.Add("running mean", Numbers(pass, "mean"), device.Values(layer.RunningMean), statisticsTolerance);
            comparison.Add("running variance", Numbers(pass, "variance"), device.Values(layer.RunningVariance), statisticsTolerance);
        }

        tape.Reset();
        JsonElement scored = expected.GetProperty("scored");
        float[] last = Floats(scored, "x");
        Tensor score = layer.Forward(tape.Constant(last, last.Length / Inputs, Inputs), Activation.Identity, training: false);
        comparison.Add("scored", Numbers(scored, "y"), device.Values(score.Value), statisticsTolerance);
        Assert.True(comparison.Holds, comparison.ToString());
    }
}
