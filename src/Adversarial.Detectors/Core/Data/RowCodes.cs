using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>Gives a row by its index.</summary>
internal delegate ReadOnlySpan<float> RowSource(int index);

/// <summary>What an encoder makes of rows, a block of them at a time.</summary>
internal static class RowCodes
{
    private const int BlockRows = 512;

    /// <summary>Mean and covariance of the first <paramref name="width"/> outputs of an encoder.</summary>
    public static GaussianMoments MomentsOf(Mlp encoder, int width, InputScaling scaling, int count, RowSource row)
    {
        int columns = encoder.Inputs;
        var tape = new Tape(encoder.Parameters.Device, recording: false);
        var block = new float[Math.Min(count, BlockRows) * columns];
        var codes = new List<float[]>(count);
        for (int start = 0; start < count; start += BlockRows)
        {
            int rows = Math.Min(BlockRows, count - start);
            for (int i = 0; i < rows; i++)
                scaling.Apply(row(start + i), block.AsSpan(i * columns, columns));
            tape.Reset();
            Tensor encoded = encoder.Forward(tape.Constant(block.AsSpan(0, rows * columns), rows, columns));
            codes.AddRange(encoded.SliceColumns(0, width).ToArray().Chunk(width));
        }

        return GaussianMoments.Of(codes, width);
    }
}
