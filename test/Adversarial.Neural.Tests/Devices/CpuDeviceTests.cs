using Adversarial.Numerics;

namespace Adversarial.Neural.Tests;

/// <summary>The processor's device agrees with the reference on whole steps, with itself at any number of threads, and allocates nothing.</summary>
public class CpuDeviceTests
{
    private static float[][] Train(IDevice device, int steps)
    {
        var training = new TestTraining(device);
        for (int step = 0; step < steps; step++)
            training.Step();
        return [.. training.Networks.Select(TestNetworks.Values)];
    }

    [Fact]
    public void Whole_steps_agree_with_the_reference()
    {
        // Adam moves a weight by up to its rate of 1e-3 a step: an error of a hundredth of that in ten steps would show.
        float[][] expected = Train(new ReferenceDevice(), 10);
        float[][] actual = Train(new CpuDevice(), 10);
        Assert.All(expected.Zip(actual), pair => Assert.All(pair.First.Zip(pair.Second), value => Assert.Equal(value.First, value.Second, 1e-4f)));
        Assert.NotEqual(expected[0], Train(new ReferenceDevice(), 9)[0]);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var gang = new WorkerGang(3);
        Assert.Equal(Train(new CpuDevice(), 5), Train(new CpuDevice(gang), 5));
    }

    [Fact]
    public void A_step_in_steady_state_allocates_nothing()
    {
        var training = new TestTraining(new CpuDevice());
        Assert.Equal(0, SteadyState.AllocatedBytes(() =>
        {
            for (int step = 0; step < 10; step++)
                training.Step();
        }));
    }

    private const int Rows = 300;
    private const int Inputs = 385;
    private const int Outputs = 129;

    private static readonly (string Name, Action<CpuDevice, Matrix> Change)[] _changes =
    [
        ("Upload", (device, weights) => device.Upload(new float[Inputs * Outputs], weights)),
        ("Fill", (device, weights) => device.Fill(weights, 0.5f)),
        ("Fill of a part", (device, weights) => device.Fill(weights.Slice(7, 1, 9, 1), 5)),
        ("Add", (device, weights) => device.Add(weights, 3, weights, accumulate: true)),
        ("Scale", (device, weights) => device.Add(weights, 3, weights, accumulate: false)),
        ("Multiply", (device, weights) => device.Multiply(weights, weights, weights, accumulate: false)),
        ("Clamp", (device, weights) => device.Clamp(weights, -0.1f, 0.1f)),
        ("DrawNormal", (device, weights) => device.DrawNormal(weights, new RandomStream(5, 1, 0), 0, 1)),
        ("DrawUniform", (device, weights) => device.DrawUniform(weights, new RandomStream(6, 1, 0), -1, 1)),
        ("Activate", (device, weights) => device.Activate(weights, weights, Activation.Tanh)),
        ("LinearWeightGradient", (device, weights) => device.LinearWeightGradient(
            New(device, 2, Inputs, 3), New(device, 2, Outputs, 4), weights, default, accumulate: true)),
        ("Adam", (device, weights) => device.Adam(
            weights, New(device, Inputs, Outputs, 7), New(device, Inputs, Outputs, 8), New(device, Inputs, Outputs, 9),
            new AdamSettings(0.1f), 1, 1)),
        ("Another device", (_, weights) => new CpuDevice().Fill(weights, 2)),
        ("Values", (device, weights) => device.Values(weights)[3] = 9),
    ];

    [Fact]
    public void Products_notice_every_change_of_their_weights()
    {
        var device = new CpuDevice();
        Matrix x = New(device, Rows, Inputs, 1), dy = New(device, Rows, Outputs, 2);
        foreach ((string name, Action<CpuDevice, Matrix> change) in _changes)
        {
            Matrix weights = New(device, Inputs, Outputs, 0);
            float[] before = [];
            for (int product = 0; product < 3; product++)
                before = Products(device, x, dy, weights);
            change(device, weights);
            float[] after = Products(device, x, dy, weights);
            Assert.True(after.AsSpan().SequenceEqual(Products(new CpuDevice(), x, dy, weights)), name);
            Assert.False(after.AsSpan().SequenceEqual(before), name);
        }
    }

    [Fact]
    public void Weights_that_are_written_as_memory_are_read_anew_each_time()
    {
        var device = new CpuDevice();
        Matrix x = New(device, Rows, Inputs, 1), dy = New(device, Rows, Outputs, 2), weights = New(device, Inputs, Outputs, 0);
        Span<float> values = device.Values(weights);
        for (int product = 0; product < 4; product++)
        {
            values[product] = 9;
            Assert.Equal(Products(new CpuDevice(), x, dy, weights), Products(device, x, dy, weights));
        }
    }

    [Fact]
    public void More_weights_than_a_device_keeps_copies_of_come_and_go()
    {
        var device = new CpuDevice();
        Matrix x = New(device, Rows, 64, 1);
        Matrix[] weights = [.. Enumerable.Range(0, 300).Select(i => New(device, 64, 129, (uint)i))];
        for (int round = 0; round < 3; round++)
        {
            foreach (Matrix w in weights)
            {
                for (int again = 0; again < 1 + round; again++)
                    Assert.Equal(Forward(new CpuDevice(), x, w), Forward(device, x, w));
            }
        }
    }

    private static float[] Forward(CpuDevice device, Matrix x, Matrix weights)
    {
        Matrix y = New(device, x.Rows, weights.Columns, 0);
        device.Linear(x, weights, default, default, y, accumulate: false, Activation.Identity, default);
        float[] values = new float[x.Rows * weights.Columns];
        device.Download(y, values);
        return values;
    }

    private static float[] Products(CpuDevice device, Matrix x, Matrix dy, Matrix weights)
    {
        Matrix dx = New(device, Rows, Inputs, 0);
        device.LinearInputGradient(dy, weights, dx, accumulate: false, default, Activation.Identity, default);
        float[] values = new float[Rows * Inputs];
        device.Download(dx, values);
        return [.. Forward(device, x, weights), .. values];
    }

    private static Matrix New(CpuDevice device, int rows, int columns, uint seed)
    {
        var matrix = new Matrix(device.Allocate(rows * columns), 0, rows, columns, columns);
        device.DrawUniform(matrix, new RandomStream(seed, 0, 0), 0, 1);
        return matrix;
    }
}
