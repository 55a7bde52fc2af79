using System.Globalization;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// What stands between raw features and a method: (x - offset) * scale for each feature, learned from the training rows, and where
/// <see cref="InputScaling"/> says so a logarithm beyond <see cref="Knee"/> in the place of long tails. It is strictly monotone and can be
/// turned round. It knows the training rows' range as well, which bounds what is scaled back.
/// </summary>
internal sealed partial class FeatureScaling
{
    /// <summary>From so many deviations on values grow by their logarithm: what is far stays in order and does not drown the rest.</summary>
    public const float Knee = 5;

    /// <summary>
    /// Scaled values beyond this are cut: no real table reaches it, and it keeps the products of all layers finite for inputs up to the
    /// largest float.
    /// </summary>
    private const float Limit = 1e6f;

    /// <summary>The same where a logarithm follows.</summary>
    private const float LimitOfTails = 1e30f;

    // Bounds of the quantiles that robust scaling measures the width by, and their distance in deviations of a normal distribution.
    private const double LowQuantile = 0.05;
    private const double DeviationsBetweenQuantiles = 3.2897;

    /// <summary>A feature within [0, 1] that spans less is stretched: beside wide ones the networks would hardly see it.</summary>
    private const float LeastSpan = 0.5f;

    private const float LeastVisibleSpan = 1e-38f;

    private readonly float[] _offset;
    private readonly float[] _scale;
    private readonly float[] _low;
    private readonly float[] _high;
    private readonly float[] _mean;
    private readonly bool _isIdentity;
    private readonly bool _hasTails;
    private ImageInput? _image;

    private FeatureScaling(float[] offset, float[] scale, float[] low, float[] high, float[] mean, bool hasTails)
    {
        _hasTails = hasTails;
        _isIdentity = !hasTails && Array.TrueForAll(offset, value => value == 0) && Array.TrueForAll(scale, value => value == 1);
        _mean = mean;
        _offset = offset;
        _scale = scale;
        _low = low;
        _high = high;
    }

    public int Columns => _offset.Length;

    /// <summary>Number of features that are not taken as they are.</summary>
    public int ScaledColumns { get; private init; }

    /// <summary>The least value of each feature in the training rows.</summary>
    public ReadOnlyMemory<float> Low => _low;

    /// <summary>The greatest value of each feature in the training rows.</summary>
    public ReadOnlyMemory<float> High => _high;

    /// <summary>The mean of each feature in the training rows.</summary>
    public ReadOnlyMemory<float> Mean => _mean;

    /// <summary>No scaling, no known range.</summary>
    public static FeatureScaling Identity(int columns) =>
        new(new float[columns], Filled(columns, 1), Filled(columns, float.NegativeInfinity), Filled(columns, float.PositiveInfinity),
            new float[columns], hasTails: false);

    private static float[] Filled(int columns, float value)
    {
        var values = new float[columns];
        Array.Fill(values, value);
        return values;
    }

    /// <summary>Learns the range of each feature and its scaling.</summary>
    /// <param name="rows">Training rows.</param>
    /// <param name="kind">What to learn.</param>
    /// <param name="keep">Features that are taken as they are: those of one-hot groups.</param>
    public static FeatureScaling Learn(FeatureMatrix rows, InputScaling kind, Predicate<int>? keep = null)
    {
        (float[] low, float[] high) = RangeOf(rows);
        double[] mean = MeanOf(rows);
        (double[] center, double[] width) = kind switch
        {
            InputScaling.Standard => (mean, Deviations(rows, mean)),
            InputScaling.Robust => Quantiles(rows, Deviations(rows, mean)),
            _ => (Array.ConvertAll(low, value => (double)value), [.. low.Zip(high, (from, to) => (double)to - from)]),
        };
        var offset = new float[rows.Columns];
        var scale = new float[rows.Columns];
        int scaled = 0;
        for (int c = 0; c < rows.Columns; c++)
        {
            bool fits = kind == InputScaling.None || keep?.Invoke(c) == true || (kind == InputScaling.MinMax && FillsUnitInterval(low[c], high[c]));
            offset[c] = fits ? 0 : high[c] > low[c] ? (float)center[c] : low[c];
            scale[c] = fits ? 1 : Scale(low[c], high[c], width[c]);
            scaled += fits ? 0 : 1;
        }

        return new FeatureScaling(offset, scale, low, high, Array.ConvertAll(mean, value => (float)value), kind is InputScaling.Standard or InputScaling.Robust)
        {
            ScaledColumns = scaled,
        };
    }

    /// <summary>The least and the greatest value of each feature.</summary>
    public static (float[] Low, float[] High) RangeOf(FeatureMatrix rows)
    {
        float[] low = rows[0].ToArray();
        float[] high = rows[0].ToArray();
        for (int r = 1; r < rows.Rows; r++)
        {
            ReadOnlySpan<float> row = rows[r];
            for (int c = 0; c < row.Length; c++)
            {
                low[c] = Math.Min(low[c], row[c]);
                high[c] = Math.Max(high[c], row[c]);
            }
        }

        return (low, high);
    }

    private static double[] MeanOf(FeatureMatrix rows)
    {
        var mean = new double[rows.Columns];
        for (int r = 0; r < rows.Rows; r++)
        {
            ReadOnlySpan<float> row = rows[r];
            for (int c = 0; c < row.Length; c++)
                mean[c] += row[c] / (double)rows.Rows;
        }

        return mean;
    }

    /// <summary>The same scaling for more rows: their range is added to the known one, their mean takes the place of the known one.</summary>
    public FeatureScaling WithRowsOf(FeatureMatrix rows)
    {
        (float[] low, float[] high) = RangeOf(rows);
        for (int c = 0; c < Columns; c++)
            (low[c], high[c]) = (Math.Min(low[c], _low[c]), Math.Max(high[c], _high[c]));
        return new FeatureScaling(_offset, _scale, low, high, Array.ConvertAll(MeanOf(rows), value => (float)value), _hasTails) { ScaledColumns = ScaledColumns, _image = _image };
    }

    private static bool FillsUnitInterval(float low, float high) => low >= 0 && high <= 1 && (high == low || high - low >= LeastSpan);

    private static double[] Deviations(FeatureMatrix rows, double[] mean)
    {
        var squares = new double[rows.Columns];
        for (int r = 0; r < rows.Rows; r++)
        {
            ReadOnlySpan<float> row = rows[r];
            for (int c = 0; c < row.Length; c++)
                squares[c] += (row[c] - mean[c]) * (row[c] - mean[c]) / rows.Rows;
        }

        return Array.ConvertAll(squares, Math.Sqrt);
    }

    // The median, and the width of the middle nine tenths; where they are all one value, the deviation.
    private static (double[] Median, double[] Width) Quantiles(FeatureMatrix rows, double[] deviations)
    {
        double[] median = new double[rows.Columns], width = new double[rows.Columns];
        var values = new float[rows.Rows];
        for (int c = 0; c < rows.Columns; c++)
        {
            for (int r = 0; r < rows.Rows; r++)
                values[r] = rows[r][c];
            Array.Sort(values);
            double At(double share) => values[(int)Math.Round(share * (values.Length - 1))];
            median[c] = At(0.5);
            double middle = (At(1 - LowQuantile) - At(LowQuantile)) / DeviationsBetweenQuantiles;
            width[c] = middle > 0 ? middle : deviations[c];
        }

        return (median, width);
    }

    /// <summary>Refuses rows that differ, but in all features by so little that no scale makes it visible.</summary>
    /// <exception cref="InvalidOperationException">Every feature that is not constant spans less than 1e-38.</exception>
    public void RequireVisibleRange()
    {
        float widest = 0;
        for (int c = 0; c < Columns; c++)
            widest = Math.Max(widest, Math.Min(_high[c], float.MaxValue / 2) - Math.Max(_low[c], -float.MaxValue / 2));
        if (widest > 0 && widest < LeastVisibleSpan)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"No feature spans more than {widest} in the training rows: floats that small cannot be scaled. Multiply the features by a constant before training."));
        }
    }

    // A constant feature maps to 0 and still tells a new value by its relative distance.
    private static float Scale(float low, float high, double width) => high > low
        ? (float)Math.Clamp(1 / width, 1e-38, 1e38)
        : 1 / Math.Max(1, Math.Abs(low));

    /// <summary>Scales one row; false if a value is NaN or infinite (the result is then undefined).</summary>
    public bool Apply(ReadOnlySpan<float> row, Span<float> scaled)
    {
        if (_image is not null)
            return ApplyToImage(row, scaled);
        if (_isIdentity)
            return ColumnScaling.Apply(row, Limit, scaled);
        if (!_hasTails)
            return ColumnScaling.Apply(row, _offset, _scale, Limit, scaled);
        bool finite = ColumnScaling.Apply(row, _offset, _scale, LimitOfTails, scaled);
        Compress(scaled);
        return finite;
    }

    private static void Compress(Span<float> scaled)
    {
        foreach (ref float value in scaled)
        {
            float distance = Math.Abs(value);
            if (distance > Knee)
                value = MathF.CopySign(Knee + MathF.Log(1 + (distance - Knee)), value);
        }
    }

    /// <summary>The row whose scaled values are these, within the training rows' range: a feature that was constant there is that constant.</summary>
    public void Invert(ReadOnlySpan<float> scaled, Span<float> row)
    {
        for (int c = 0; c < row.Length; c++)
        {
            double value = scaled[_image?.PlaceOf(c) ?? c];
            if (_hasTails && Math.Abs(value) > Knee)
                value = Math.CopySign(Knee + Math.Exp(Math.Abs(value) - Knee) - 1, value);
            row[c] = (float)Math.Clamp(value / _scale[c] + _offset[c], _low[c], _high[c]);
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_hasTails);
        for (int c = 0; c < Columns; c++)
        {
            writer.Write(_offset[c]);
            writer.Write(_scale[c]);
            writer.Write(_low[c]);
            writer.Write(_high[c]);
            writer.Write(_mean[c]);
        }
    }

    /// <summary>Bytes that <see cref="Save"/> writes.</summary>
    public static long LengthOf(int columns) => 5L * sizeof(float) * columns;

    /// <exception cref="FormatException">A number is not finite, a factor not above 0, or a range ends before it starts.</exception>
    /// <param name="reader">The content.</param>
    /// <param name="columns">Number of features.</param>
    /// <param name="version">The file's format: from 3 on it says whether there are tails.</param>
    /// <param name="image">What is done to images before.</param>
    public static FeatureScaling Load(BinaryReader reader, int columns, int version, ImageInput? image = null)
    {
        bool hasTails = version >= 3 && reader.ReadBoolean();
        reader.RequireBytes(LengthOf(columns), "The scaling");
        float[] offset = new float[columns], scale = new float[columns], low = new float[columns], high = new float[columns], mean = new float[columns];
        for (int c = 0; c < columns; c++)
        {
            offset[c] = reader.ReadSingle();
            scale[c] = reader.ReadSingle();
            low[c] = reader.ReadSingle();
            high[c] = reader.ReadSingle();
            mean[c] = reader.ReadSingle();
            bool isScaling = float.IsFinite(offset[c]) && float.IsFinite(scale[c]) && scale[c] > 0;
            bool isRange = float.IsFinite(low[c]) && float.IsFinite(high[c]) && float.IsFinite(mean[c]) && low[c] <= high[c];
            if (!isScaling || !isRange)
            {
                throw new FormatException($"The model is damaged: feature {c} has the range {low[c]} to {high[c]}, mean {mean[c]}, " +
                    $"and is scaled by (x - {offset[c]}) * {scale[c]}.");
            }
        }

        return new FeatureScaling(offset, scale, low, high, mean, hasTails) { _image = image };
    }
}
