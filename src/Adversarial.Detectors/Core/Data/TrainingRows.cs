using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>Checks that rows can be trained on, before anything is computed.</summary>
internal static class TrainingRows
{
    public static void Validate(FeatureMatrix rows)
    {
        if (rows.Rows == 0)
            throw new InvalidOperationException("There are no training rows: check the file, the filters and the label column.");
        if (rows.Rows == 1)
            throw new InvalidOperationException("There is one training row; at least 2 are needed to learn what is normal.");
        for (int r = 0; r < rows.Rows; r++)
        {
            ReadOnlySpan<float> row = rows[r];
            if (Reductions.AllFinite(row))
                continue;
            int column = 0;
            while (float.IsFinite(row[column]))
                column++;
            throw new NonFiniteFeatureException(r, column, row[column]);
        }
    }
}

/// <summary>A training row holds NaN or infinity.</summary>
public sealed class NonFiniteFeatureException : ArgumentException
{
    internal NonFiniteFeatureException(long row, int column, float value)
        : base($"Training row {row}, feature {column} is {value}. Replace or drop missing values before training.")
    {
        Row = row;
        Column = column;
        Value = value;
    }

    /// <summary>Index of the row among the training rows, from 0.</summary>
    public long Row { get; }

    /// <summary>Index of the feature, from 0.</summary>
    public int Column { get; }

    /// <summary>NaN or an infinity.</summary>
    public float Value { get; }
}
