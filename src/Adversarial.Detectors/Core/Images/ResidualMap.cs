using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>
/// Where an image differs from its reconstruction: for each pixel the mean over its channels of what is left, over what is left there of normal
/// images. Edges that no code can give back are as bright in normal images, and do not stand out.
/// </summary>
/// <param name="image">How rows are laid out.</param>
internal sealed class ResidualMap(ImageInput image)
{
    // So many images tell what is usual.
    private const int MostImages = 1024;
    private const int MostFeatures = 1 << 22;

    private float[] _usual = [];

    private int Pixels => image.Shape.Height * image.Shape.Width;

    /// <summary>Bytes that <see cref="Save"/> writes.</summary>
    public long Length => (long)sizeof(float) * Pixels;

    /// <summary>Learns what is left of normal images.</summary>
    public void Learn(Func<Tensor, Tensor> reconstruction, TrainingData data, IDevice device)
    {
        int columns = data.Normal.Columns, rows = Math.Min(data.Rows, Math.Clamp(MostFeatures / columns, 1, MostImages));
        var sums = new double[Pixels];
        foreach (float[] left in RowCodes.ValuesOf(x => reconstruction(x) - x, columns, device, data.Scaling, rows, r => data.TrainingRow((int)((long)r * data.Rows / rows))))
        {
            for (int start = 0; start < left.Length; start += columns)
            {
                for (int p = 0; p < sums.Length; p++)
                    sums[p] += OfPixel(left.AsSpan(start, columns), p) / rows;
            }
        }

        // A pixel that is the same in all normal images is measured by the others.
        double mean = sums.Average();
        if (!double.IsFinite(mean))
            throw new TrainingDivergedException("Reconstructions of training images are not finite.");
        _usual = Array.ConvertAll(sums, sum => (float)Math.Max(sum + mean, float.Epsilon));
    }

    /// <summary>Adds a share of the map of one scaled image, line by line.</summary>
    public void Add(Tape tape, Func<Tensor, Tensor> reconstruction, ReadOnlySpan<float> scaled, Span<float> map, float share)
    {
        tape.Reset();
        Tensor x = tape.Constant(scaled, 1, scaled.Length);
        float[] left = (reconstruction(x) - x).ToArray();
        for (int p = 0; p < map.Length; p++)
            map[p] += share * Math.Min(OfPixel(left, p) / _usual[p], float.MaxValue);
    }

    private float OfPixel(ReadOnlySpan<float> left, int pixel)
    {
        int channels = image.Shape.Channels;
        float sum = 0;
        foreach (float value in left.Slice(pixel * channels, channels))
            sum += Math.Abs(value);
        return sum / channels;
    }

    public void Save(BinaryWriter writer)
    {
        foreach (float usual in _usual)
            writer.Write(usual);
    }

    /// <exception cref="FormatException">A number is not finite or not above 0.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public void Load(BinaryReader reader)
    {
        reader.RequireBytes(Length, "The map of residuals");
        _usual = new float[Pixels];
        for (int p = 0; p < _usual.Length; p++)
            _usual[p] = reader.ReadPositive($"The usual residual of pixel {p}");
    }
}
