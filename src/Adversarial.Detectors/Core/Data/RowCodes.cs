using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>Gives a row by its index.</summary>
internal delegate ReadOnlySpan<float> RowSource(int index);

/// <summary>What an encoder makes of rows, a block of them at a time.</summary>
internal static class RowCodes
{
    private const int MostRows = 512;

    // Rows that are wider come fewer at a time.
    private const int MostFeatures = 1 << 22;

    /// <summary>Mean and covariance of the first <paramref name="width"/> outputs of an encoder.</summary>
    public static GaussianMoments MomentsOf(RowNetwork encoder, int width, FeatureScaling scaling, int count, RowSource row)
    {
        var codes = new List<float[]>(count);
        foreach (Tensor encoded in Blocks(rows => encoder.Forward(rows), encoder.Inputs, encoder.Parameters.Device, scaling, count, row))
            codes.AddRange(encoded.SliceColumns(0, width).ToArray().Chunk(width));
        return GaussianMoments.Of(codes, width);
    }

    /// <summary>The mean of an encoder's outputs over some rows, into a row [1, outputs] of the encoder's device.</summary>
    public static void MeanOf(RowNetwork encoder, FeatureScaling scaling, int count, RowSource row, in Matrix into)
    {
        IDevice device = encoder.Parameters.Device;
        device.Fill(into, 0);
        foreach (Tensor codes in Blocks(rows => encoder.Forward(rows), encoder.Inputs, device, scaling, count, row))
        {
            Tensor moments = codes.Tape.Allocate(2, encoder.Outputs);
            Matrix mean = moments.SliceRows(0, 1).Value;
            device.MeanAndVariance(codes.Value, ofRows: false, mean, moments.SliceRows(1, 1).Value);
            device.Add(mean, codes.Rows / (float)count, into, accumulate: true);
        }
    }

    /// <summary>The column that a network gives for some rows.</summary>
    public static float[] ColumnOf(Func<Tensor, Tensor> network, int columns, IDevice device, FeatureScaling scaling, int count, RowSource row) =>
        [.. Blocks(network, columns, device, scaling, count, row).SelectMany(block => block.ToArray())];

    private static IEnumerable<Tensor> Blocks(Func<Tensor, Tensor> network, int columns, IDevice device, FeatureScaling scaling, int count, RowSource row)
    {
        var tape = new Tape(device, recording: false);
        int blockRows = Math.Clamp(MostFeatures / columns, 1, MostRows);
        var block = new float[Math.Min(count, blockRows) * columns];
        for (int start = 0; start < count; start += blockRows)
        {
            int rows = Math.Min(blockRows, count - start);
            for (int i = 0; i < rows; i++)
                scaling.Apply(row(start + i), block.AsSpan(i * columns, columns));
            tape.Reset();
            yield return network(tape.Constant(block.AsSpan(0, rows * columns), rows, columns));
        }
    }
}
