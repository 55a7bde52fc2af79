namespace Adversarial.Detectors;

/// <summary>What is done to an image before its pixels are scaled, all by the same numbers.</summary>
/// <param name="Shape">The shape of a row.</param>
/// <param name="NormalizesContrast">
/// Whether an image is divided by the mean distance of its pixels from their mean, after that is subtracted (global contrast normalisation
/// in the first norm): what is left says nothing of brightness and contrast.
/// </param>
internal sealed partial record ImageInput(ImageShape Shape, bool NormalizesContrast)
{
    // An image of one colour has no contrast to divide by.
    private const double LeastContrast = 1e-8;

    // Maps of images are larger than the images: fewer of these are to stay in the caches.
    private const int FeaturesOfBlock = 1 << 15;

    // The largest images for which the papers print a batch: 32 x 32 x 3.
    private const int LargestPublished = 3072;
    private const int RowsOfLargestPublished = 128;
    private const int LeastRowsOfBatch = 16;

    /// <summary>Rows of a batch in the place of those that a method asks for: fewer of larger images than the papers have, so that their maps fit the memory.</summary>
    public int RowsOfBatch(int asked) => Shape.Features <= LargestPublished
        ? asked
        : Math.Min(asked, Math.Max(LeastRowsOfBatch, (int)(LargestPublished * RowsOfLargestPublished / Shape.Features)));

    /// <summary>Images that go through networks at a time where nothing is trained.</summary>
    public int BlockRows => (int)Math.Clamp(FeaturesOfBlock / Shape.Features, 8, 128);

    /// <summary>How pixels are scaled behind it: to [0, 1] where contrast is normalised, else as asked for.</summary>
    public InputScaling ScalingOf(InputScaling asked) => NormalizesContrast ? InputScaling.MinMax : asked;

    /// <summary>Writes an image line by line, each pixel with its channels; false if a value is NaN or infinite.</summary>
    public bool Prepare(ReadOnlySpan<float> row, Span<float> prepared)
    {
        Arrange(row, prepared);
        if (!NormalizesContrast || row.Length == 1)
            return Adversarial.Numerics.Reductions.AllFinite(row);
        double sum = 0, contrast = 0;
        foreach (float value in row)
            sum += value;
        double mean = sum / row.Length;
        foreach (float value in row)
            contrast += Math.Abs(value - mean);
        contrast /= row.Length;
        double factor = 1 / Math.Max(contrast, LeastContrast);
        foreach (ref float value in prepared)
            value = (float)((value - mean) * factor);
        return double.IsFinite(contrast);
    }

    private void Arrange(ReadOnlySpan<float> row, Span<float> prepared)
    {
        int channels = Shape.Channels, pixels = row.Length / channels;
        if (!Shape.IsPlanar || channels == 1)
        {
            row.CopyTo(prepared);
            return;
        }

        for (int c = 0; c < channels; c++)
        {
            for (int p = 0; p < pixels; p++)
                prepared[p * channels + c] = row[c * pixels + p];
        }
    }

    /// <summary>The place that a feature of a row has in what is prepared.</summary>
    public int PlaceOf(int column)
    {
        int channels = Shape.Channels, pixels = Shape.Height * Shape.Width;
        return Shape.IsPlanar ? column % pixels * channels + column / pixels : column;
    }
}
