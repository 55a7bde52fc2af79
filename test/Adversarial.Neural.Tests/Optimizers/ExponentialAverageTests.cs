using Adversarial.Numerics;

namespace Adversarial.Neural.Tests;

/// <summary>The average starts as the first value and then follows with the smaller of its decay and (1 + t) / (10 + t).</summary>
public class ExponentialAverageTests
{
    private static readonly CpuDevice _device = new();

    private static Mlp Line() => new(_device, "line", 1, [], 1, Activation.Identity, Activation.Identity);

    [Theory]
    [InlineData(0f)]
    [InlineData(0.3f)]
    [InlineData(0.999f)]
    public void Follows_its_definition(float decay)
    {
        Mlp network = Line();
        var average = new ExponentialAverage(network, decay);
        double expected = 0;
        for (int t = 1; t <= 30; t++)
        {
            float value = t * t % 7 - 3;
            TestNetworks.Set(network, value, -value);
            average.Update();
            double past = t == 1 ? 0 : Math.Min(decay, (1.0 + t) / (10 + t));
            expected = past * expected + (1 - past) * value;
            Assert.Equal(t, average.Step);
        }

        TestNetworks.Set(network, 100, 100);
        average.Apply();
        float[] values = TestNetworks.Values(network);
        Assert.Equal(expected, values[0], 5);
        Assert.Equal(-expected, values[1], 5);
    }

    [Fact]
    public void One_update_is_the_value_itself()
    {
        Mlp network = Line();
        var average = new ExponentialAverage(network, 0.99f);
        TestNetworks.Set(network, 0.7f, -3);
        average.Update();
        TestNetworks.Set(network, 5, 5);
        average.Apply();
        Assert.Equal([0.7f, -3], TestNetworks.Values(network));
    }

    [Fact]
    public void Nothing_happens_before_the_first_update()
    {
        Mlp network = Line();
        TestNetworks.Set(network, 2, 3);
        new ExponentialAverage(network, 0.9f).Apply();
        Assert.Equal([2, 3], TestNetworks.Values(network));
    }
}
