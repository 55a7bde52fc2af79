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

    /// <summary>What a network gives for some rows, one behind the other.</summary>
    public static float[] ColumnOf(Func<Tensor, Tensor> network, int columns, IDevice device, FeatureScaling scaling, int count, RowSource row) =>
        [.. ValuesOf(network, columns, device, scaling, count, row).SelectMany(block => block)];

    /// <summary>The same, some rows at a time.</summary>
    public static IEnumerable<float[]> ValuesOf(Func<Tensor, Tensor> network, int columns, IDevice device, FeatureScaling scaling, int count, RowSource row) =>
        Blocks(network, columns, device, scaling, count, row, areJoined: false).Select(block => block.ToArray());

    private static IEnumerable<Tensor> Blocks(Func<Tensor, Tensor> network, int columns, IDevice device, FeatureScaling scaling, int count, RowSource row, bool areJoined = true)
    {
        var tape = new Tape(device, recording: false);
        int blockRows = Math.Clamp(MostFeatures / columns, 1, MostRows), partRows = Math.Min(scaling.ImageBlockRows ?? blockRows, blockRows);
        if (!areJoined)
            blockRows = partRows;
        var part = new float[Math.Min(count, partRows) * columns];
        Tensor CodesOf(int start, int rows)
        {
            for (int i = 0; i < rows; i++)
                scaling.Apply(row(start + i), part.AsSpan(i * columns, columns));
            return network(tape.Constant(part.AsSpan(0, rows * columns), rows, columns));
        }

        for (int start = 0; start < count; start += blockRows)
        {
            int rows = Math.Min(blockRows, count - start);
            tape.Reset();
            Tensor codes = CodesOf(start, Math.Min(partRows, rows));
            if (rows > partRows)
                codes = Joined(codes, rows, at => CodesOf(start + at, Math.Min(partRows, rows - at)));
            yield return codes;
        }
    }

    // Maps of images are larger than the images, and none is needed any more when its code is known.
    private static Tensor Joined(Tensor first, int rows, Func<int, Tensor> partAt)
    {
        Tape tape = first.Tape;
        Tensor all = tape.Allocate(rows, first.Columns);
        TapePosition behind = tape.Position;
        Tensor part = first;
        for (int at = 0; ; part = partAt(at))
        {
            int count = part.Rows;
            tape.Device.Add(part.Value, 1, all.SliceRows(at, count).Value, accumulate: false);
            tape.ReturnTo(behind);
            at += count;
            if (at == rows)
                return all;
        }
    }
}
