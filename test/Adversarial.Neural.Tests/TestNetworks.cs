using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>Small networks, their values, and a training step that uses dropout, two networks and three kinds of loss.</summary>
internal static class TestNetworks
{
    public static Mlp Make(IDevice device, string name, int inputs, int outputs, float dropout = 0, ulong seed = 1)
    {
        var network = new Mlp(device, name, inputs, [9, 7], outputs, Activation.LeakyRelu(0.1f), Activation.Identity, dropout);
        var noise = new NoiseSource(seed);
        noise.Begin(0);
        network.Initialize(noise);
        return network;
    }

    public static float[] Read(IDevice device, Matrix row)
    {
        var values = new float[row.Columns];
        device.Download(row, values);
        return values;
    }

    public static float[] Values(Network network) => Read(network.Parameters.Device, network.Parameters.Values);

    public static float[] Gradients(Network network) => Read(network.Parameters.Device, network.Parameters.Gradients);

    public static void Set(Network network, params float[] values) => network.Parameters.Device.Upload(values, network.Parameters.Values);
}

/// <summary>A small adversarial training: a reconstruction and a critic, each with its optimiser, and an average of the weights.</summary>
internal sealed class TestTraining
{
    private const int Rows = 33;
    private const int Columns = 6;
    private const int Codes = 3;

    private readonly NoiseSource _noise = new(5);
    private readonly Tape _tape;
    private readonly Mlp _encoder;
    private readonly Mlp _decoder;
    private readonly Mlp _critic;
    private readonly Adam _reconstruction;
    private readonly Adam _criticAdam;
    private readonly ExponentialAverage _average;
    private long _step;

    public TestTraining(IDevice device, ulong seed = 1)
    {
        _tape = new Tape(device);
        _encoder = TestNetworks.Make(device, "encoder", Columns, Codes, dropout: 0.2f, seed);
        _decoder = TestNetworks.Make(device, "decoder", Codes, Columns, dropout: 0.2f, seed + 1);
        _critic = TestNetworks.Make(device, "critic", Codes, 1, seed: seed + 2);
        _reconstruction = new Adam(new AdamSettings(1e-3f), _encoder, _decoder);
        _criticAdam = new Adam(new AdamSettings(1e-3f), _critic) { ClipNorm = 0.01f, ClipWeights = 0.4f };
        _average = new ExponentialAverage(_critic, 0.9f);
    }

    public Network[] Networks => [_encoder, _decoder, _critic];

    public void Step()
    {
        _tape.Reset();
        _noise.Begin(++_step);
        Tensor x = _tape.Normal(Rows, Columns, _noise.Next(), 0.5f, 0.2f);
        _reconstruction.Minimize(MeanSquaredError(Sigmoid(_decoder.Forward(_encoder.Forward(x, _noise), _noise)), x));

        Tensor codes = _tape.Allocate(2 * Rows, Codes);
        _encoder.Forward(x, into: codes.SliceRows(0, Rows));
        _tape.Normal(Rows, Codes, _noise.Next(), into: codes.SliceRows(Rows, Rows));
        Tensor judged = _critic.Forward(codes);
        _criticAdam.Minimize(
            BinaryCrossEntropyWithLogits(judged.SliceRows(0, Rows), 0) + BinaryCrossEntropyWithLogits(judged.SliceRows(Rows, Rows), 1));
        _average.Update();
    }

    public byte[] Save()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(_step);
        Checkpoint.WriteNetworks(writer, Networks);
        Checkpoint.WriteOptimizer(writer, _reconstruction);
        Checkpoint.WriteOptimizer(writer, _criticAdam);
        Checkpoint.WriteAverage(writer, _average);
        return stream.ToArray();
    }

    public void Load(byte[] checkpoint)
    {
        using var reader = new BinaryReader(new MemoryStream(checkpoint));
        _step = reader.ReadInt64();
        Checkpoint.ReadNetworks(reader, Networks);
        Checkpoint.ReadOptimizer(reader, _reconstruction);
        Checkpoint.ReadOptimizer(reader, _criticAdam);
        Checkpoint.ReadAverage(reader, _average);
        Assert.Equal(checkpoint.Length, reader.BaseStream.Position);
    }
}
