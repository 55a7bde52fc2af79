using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>Checks that rows can be trained on, before anything is computed.</summary>
internal static class TrainingRows
{
    public static void Validate(FeatureMatrix rows, FeatureMatrix? anomalies, int columns, int leastAnomalies, string method)
    {
        RequireColumns(rows, columns, nameof(rows));
        if (rows.Rows == 0)
            throw new InvalidOperationException("There are no training rows: check the file, the filters and the label column.");
        if (rows.Rows == 1)
            throw new InvalidOperationException("There is one training row; at least 2 are needed to learn what is normal.");
        RequireFinite(rows, "Training row");
        int known = anomalies?.Rows ?? 0;
        if (leastAnomalies == 0 && known > 0)
            throw new ArgumentException($"{method} with these options learns from normal rows alone: leave the {known} anomalies out.", nameof(anomalies));
        if (known < leastAnomalies)
        {
            throw new InvalidOperationException(
                $"{method} learns from known anomalies and needs at least {leastAnomalies}; {known} were given. " +
                "Label some rows as anomalies, or choose a method that needs none.");
        }

        if (anomalies is null)
            return;
        RequireColumns(anomalies, columns, nameof(anomalies));
        RequireFinite(anomalies, "Anomaly");
    }

    private static void RequireColumns(FeatureMatrix rows, int columns, string parameter)
    {
        if (rows.Columns != columns)
            throw new ArgumentException($"The rows have {rows.Columns} features where {columns} are expected.", parameter);
    }

    private static void RequireFinite(FeatureMatrix rows, string kind)
    {
        for (int r = 0; r < rows.Rows; r++)
        {
            ReadOnlySpan<float> row = rows[r];
            if (Reductions.AllFinite(row))
                continue;
            int column = 0;
            while (float.IsFinite(row[column]))
                column++;
            throw new NonFiniteFeatureException(kind, r, column, row[column]);
        }
    }
}

/// <summary>A training row holds NaN or infinity.</summary>
public sealed class NonFiniteFeatureException : ArgumentException
{
    internal NonFiniteFeatureException(string kind, long row, int column, float value)
        : base($"{kind} {row}, feature {column} is {value}. Replace or drop missing values before training.")
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
