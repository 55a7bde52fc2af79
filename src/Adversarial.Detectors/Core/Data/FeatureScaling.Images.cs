namespace Adversarial.Detectors;

/// <content>Images: one offset and one factor for all pixels, which are of a kind and neighbours.</content>
internal sealed partial class FeatureScaling
{
    // Of so many pixels quantiles are told well enough.
    private const int PixelsForQuantiles = 1 << 20;

    /// <summary>
    /// Learns the scaling of all pixels and their range: that of the images as they are, while offset and factor are of what
    /// <paramref name="image"/> makes of them.
    /// </summary>
    public static FeatureScaling LearnImages(FeatureMatrix rows, InputScaling kind, ImageInput image)
    {
        int columns = rows.Columns;
        var prepared = new float[columns];
        var mean = new double[columns];
        (float rawLow, float rawHigh) = (float.PositiveInfinity, float.NegativeInfinity);
        (double low, double high, double sum, double squares) = (double.PositiveInfinity, double.NegativeInfinity, 0, 0);
        for (int r = 0; r < rows.Rows; r++)
        {
            ReadOnlySpan<float> row = rows[r];
            image.Prepare(row, prepared);
            for (int c = 0; c < columns; c++)
            {
                mean[c] += row[c] / (double)rows.Rows;
                (rawLow, rawHigh) = (Math.Min(rawLow, row[c]), Math.Max(rawHigh, row[c]));
                (low, high) = (Math.Min(low, prepared[c]), Math.Max(high, prepared[c]));
                sum += prepared[c];
            }
        }

        double center = sum / ((double)rows.Rows * columns);
        for (int r = 0; r < rows.Rows; r++)
        {
            image.Prepare(rows[r], prepared);
            foreach (float value in prepared)
                squares += (value - center) * (value - center) / ((double)rows.Rows * columns);
        }

        double deviation = Math.Sqrt(squares);
        bool fits = kind == InputScaling.None || (kind == InputScaling.MinMax && FillsUnitInterval((float)low, (float)high));
        (double offset, double width) = kind switch
        {
            InputScaling.Standard => (center, deviation),
            InputScaling.Robust => Quantiles(rows, image, deviation),
            _ => (low, high - low),
        };
        float scale = fits ? 1 : Scale((float)low, (float)high, width);
        return new FeatureScaling(Filled(columns, fits ? 0 : high > low ? (float)offset : (float)low), Filled(columns, scale),
            Filled(columns, rawLow), Filled(columns, rawHigh), Array.ConvertAll(mean, value => (float)value), kind is InputScaling.Standard or InputScaling.Robust)
        {
            _image = image,
            ScaledColumns = fits ? 0 : columns,
        };
    }

    private static (double Median, double Width) Quantiles(FeatureMatrix rows, ImageInput image, double deviation)
    {
        int columns = rows.Columns, step = (int)Math.Max(1, (long)rows.Rows * columns / PixelsForQuantiles);
        var prepared = new float[columns];
        var values = new List<float>();
        for (int r = 0, c = 0; r < rows.Rows; r++, c -= columns)
        {
            image.Prepare(rows[r], prepared);
            for (; c < columns; c += step)
                values.Add(prepared[c]);
        }

        values.Sort();
        double At(double share) => values[(int)Math.Round(share * (values.Count - 1))];
        double middle = (At(1 - LowQuantile) - At(LowQuantile)) / DeviationsBetweenQuantiles;
        return (At(0.5), middle > 0 ? middle : deviation);
    }

    /// <summary>Images that go through networks at a time, so that their maps take little memory and stay in the caches; null of tables.</summary>
    public int? ImageBlockRows => _image?.BlockRows;

    private bool ApplyToImage(ReadOnlySpan<float> row, Span<float> scaled)
    {
        bool finite = _image!.Prepare(row, scaled);
        float offset = _offset[0], scale = _scale[0], limit = _hasTails ? LimitOfTails : Limit;
        foreach (ref float value in scaled)
            value = (float)Math.Clamp(((double)value - offset) * scale, -limit, limit);
        if (_hasTails)
            Compress(scaled);
        return finite;
    }
}
