using System.Globalization;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// Affine scaling (x - offset) * scale of each feature to [0, 1], learned from the training rows. It is the identity for a feature that
/// lies in [0, 1] and fills at least half of it, or is constant there. It knows the training rows' range as well, which bounds what is scaled back.
/// </summary>
internal sealed class InputScaling
{
    /// <summary>
    /// Scaled values beyond this are cut: no real table reaches it, and it keeps the products of all layers finite for inputs up to the
    /// largest float.
    /// </summary>
    private const float Limit = 1e6f;

    /// <summary>A feature within [0, 1] that spans less is stretched: beside wide ones the networks would hardly see it.</summary>
    private const float LeastSpan = 0.5f;

    private const float LeastVisibleSpan = 1e-38f;

    private readonly float[] _offset;
    private readonly float[] _scale;
    private readonly float[] _low;
    private readonly float[] _high;
    private readonly float[] _mean;
    private readonly bool _isIdentity;

    private InputScaling(float[] offset, float[] scale, float[] low, float[] high, float[] mean)
    {
        _isIdentity = Array.TrueForAll(offset, value => value == 0) && Array.TrueForAll(scale, value => value == 1);
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
    public static InputScaling Identity(int columns) =>
        new(new float[columns], Filled(columns, 1), Filled(columns, float.NegativeInfinity), Filled(columns, float.PositiveInfinity),
            new float[columns]);

    private static float[] Filled(int columns, float value)
    {
        var values = new float[columns];
        Array.Fill(values, value);
        return values;
    }

    /// <summary>Learns the range of each feature, and the scaling to [0, 1] where <paramref name="normalize"/> asks for it.</summary>
    public static InputScaling Learn(FeatureMatrix rows, bool normalize)
    {
        float[] low = rows[0].ToArray();
        float[] high = rows[0].ToArray();
        var sums = new double[rows.Columns];
        for (int r = 0; r < rows.Rows; r++)
        {
            ReadOnlySpan<float> row = rows[r];
            for (int c = 0; c < row.Length; c++)
            {
                sums[c] += row[c];
                low[c] = Math.Min(low[c], row[c]);
                high[c] = Math.Max(high[c], row[c]);
            }
        }

        var offset = new float[rows.Columns];
        var scale = new float[rows.Columns];
        int scaled = 0;
        for (int c = 0; c < rows.Columns; c++)
        {
            bool fits = !normalize || (low[c] >= 0 && high[c] <= 1 && (high[c] == low[c] || high[c] - low[c] >= LeastSpan));
            offset[c] = fits ? 0 : low[c];
            scale[c] = fits ? 1 : Scale(low[c], high[c]);
            scaled += fits ? 0 : 1;
        }

        float[] mean = [.. sums.Select(sum => (float)(sum / rows.Rows))];
        return new InputScaling(offset, scale, low, high, mean) { ScaledColumns = scaled };
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
    private static float Scale(float low, float high) => high > low
        ? (float)Math.Clamp(1 / ((double)high - low), 1e-38, 1e38)
        : 1 / Math.Max(1, Math.Abs(low));

    /// <summary>Scales one row; false if a value is NaN or infinite (the result is then undefined).</summary>
    public bool Apply(ReadOnlySpan<float> row, Span<float> scaled) =>
        _isIdentity ? ColumnScaling.Apply(row, Limit, scaled) : ColumnScaling.Apply(row, _offset, _scale, Limit, scaled);

    /// <summary>The row whose scaled values are these, within the training rows' range: a feature that was constant there is that constant.</summary>
    public void Invert(ReadOnlySpan<float> scaled, Span<float> row)
    {
        for (int c = 0; c < row.Length; c++)
            row[c] = Math.Clamp((float)((double)scaled[c] / _scale[c] + _offset[c]), _low[c], _high[c]);
    }

    public void Save(BinaryWriter writer)
    {
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
    public static InputScaling Load(BinaryReader reader, int columns)
    {
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

        return new InputScaling(offset, scale, low, high, mean);
    }
}
