using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// Affine scaling (x - offset) * scale of each feature to [0, 1], learned from the training rows. It is the identity for a feature that
/// lies in [0, 1] already.
/// </summary>
internal sealed class InputScaling
{
    /// <summary>
    /// Scaled values beyond this are cut: no real table reaches it, and it keeps the products of all layers finite for inputs up to the
    /// largest float.
    /// </summary>
    private const float Limit = 1e6f;

    private readonly float[] _offset;
    private readonly float[] _scale;

    private InputScaling(float[] offset, float[] scale)
    {
        _offset = offset;
        _scale = scale;
    }

    public int Columns => _offset.Length;

    /// <summary>Number of features that are not taken as they are.</summary>
    public int ScaledColumns { get; private init; }

    public static InputScaling Identity(int columns)
    {
        var scale = new float[columns];
        Array.Fill(scale, 1);
        return new InputScaling(new float[columns], scale);
    }

    public static InputScaling Learn(FeatureMatrix rows)
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

        var offset = new float[rows.Columns];
        var scale = new float[rows.Columns];
        int scaled = 0;
        for (int c = 0; c < rows.Columns; c++)
        {
            bool fits = low[c] >= 0 && high[c] <= 1;
            offset[c] = fits ? 0 : low[c];
            scale[c] = fits ? 1 : Scale(low[c], high[c]);
            scaled += fits ? 0 : 1;
        }

        return new InputScaling(offset, scale) { ScaledColumns = scaled };
    }

    // A constant feature maps to 0 and still tells a new value by its relative distance.
    private static float Scale(float low, float high) => high > low
        ? (float)Math.Clamp(1 / ((double)high - low), 1e-38, 1e38)
        : 1 / Math.Max(1, Math.Abs(low));

    /// <summary>Scales one row; false if a value is NaN or infinite (the result is then undefined).</summary>
    public bool Apply(ReadOnlySpan<float> row, Span<float> scaled)
    {
        for (int c = 0; c < row.Length; c++)
            scaled[c] = (float)Math.Clamp(((double)row[c] - _offset[c]) * _scale[c], -Limit, Limit);
        return Reductions.AllFinite(row);
    }

    /// <summary>The row whose scaled values are these.</summary>
    public void Invert(ReadOnlySpan<float> scaled, Span<float> row)
    {
        for (int c = 0; c < row.Length; c++)
            row[c] = (float)((double)scaled[c] / _scale[c] + _offset[c]);
    }

    public void Save(BinaryWriter writer)
    {
        for (int c = 0; c < Columns; c++)
        {
            writer.Write(_offset[c]);
            writer.Write(_scale[c]);
        }
    }

    public static InputScaling Load(BinaryReader reader, int columns)
    {
        InputScaling scaling = Identity(columns);
        for (int c = 0; c < columns; c++)
        {
            scaling._offset[c] = reader.ReadSingle();
            scaling._scale[c] = reader.ReadSingle();
        }

        return scaling;
    }
}
