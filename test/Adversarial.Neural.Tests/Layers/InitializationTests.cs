using Adversarial.Numerics;

namespace Adversarial.Neural.Tests;

/// <summary>Glorot's uniform weights, zero biases, and seeds.</summary>
public class InitializationTests
{
    private static readonly CpuDevice _device = new();

    private static Mlp Make(ulong seed)
    {
        var network = new Mlp(_device, "network", 40, [100, 30], 1, Activation.Identity, Activation.Identity);
        var noise = new NoiseSource(seed);
        noise.Begin(0);
        network.Initialize(noise);
        return network;
    }

    private static float[] Read(Matrix matrix)
    {
        var values = new float[matrix.Rows * matrix.Columns];
        _device.Download(matrix, values);
        return values;
    }

    [Fact]
    public void Weights_fill_the_bounds_and_biases_are_zero()
    {
        foreach (Linear layer in Make(1).Layers)
        {
            double limit = Math.Sqrt(6.0 / (layer.Inputs + layer.Outputs));
            float[] weights = Read(layer.Weights);
            Assert.All(weights, weight => Assert.InRange(Math.Abs(weight), 0, limit * (1 + 1e-6)));
            double tolerance = 4 / Math.Sqrt(weights.Length);
            Assert.InRange(weights.Average() / limit, -tolerance, tolerance);
            // A uniform law's mean absolute value is half its bound.
            Assert.InRange(weights.Average(Math.Abs) / limit, 0.5 - tolerance, 0.5 + tolerance);
            Assert.All(Read(layer.Bias), bias => Assert.Equal(0, bias));
        }
    }

    [Fact]
    public void Layers_and_seeds_differ_and_equal_seeds_agree()
    {
        Mlp network = Make(1);
        Assert.Equal(TestNetworks.Values(network), TestNetworks.Values(Make(1)));
        Assert.NotEqual(TestNetworks.Values(network), TestNetworks.Values(Make(2)));
        Assert.NotEqual(Read(network.Layers[0].Weights)[..20], Read(network.Layers[1].Weights)[..20]);
    }
}
