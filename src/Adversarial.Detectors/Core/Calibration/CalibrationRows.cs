using System.Globalization;

namespace Adversarial.Detectors;

/// <summary>How many of the training rows are held out so that their scores tell what those of new normal rows will be.</summary>
internal static class CalibrationRows
{
    /// <summary>Share of the rows that a false-alarm rate holds out where the options leave it open.</summary>
    public const double DefaultShare = 0.2;

    private const ulong Purpose = (1UL << 61) + 2;
    private const int LeastDefaultRows = 20;
    private const int MostDefaultRows = 10_000;

    // Without two rows nothing is learned.
    private const int LeastTrainingRows = 2;

    /// <summary>Divides the rows of a fit as its options ask for.</summary>
    /// <exception cref="InvalidOperationException">Rows are to be held out and none can be spared.</exception>
    public static RowSplit Split(FeatureMatrix rows, DetectorOptions options, ulong seed) =>
        RowSplit.Draw(rows, Count(rows.Rows, options), seed, Purpose);

    /// <summary>How many of so many rows are held out; 0 where the options ask for none.</summary>
    public static int Count(int rows, DetectorOptions options)
    {
        if (options.CalibrationShare == 0 && options.FalseAlarmRate is null)
            return 0;
        if (rows <= LeastTrainingRows)
        {
            string option = options.CalibrationShare > 0 ? nameof(DetectorOptions.CalibrationShare) : nameof(DetectorOptions.FalseAlarmRate);
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"Option {option} holds rows out, and of {rows} training rows none can be spared: give at least {LeastTrainingRows + 1}, or leave the option out."));
        }

        int count = options.CalibrationShare > 0 ? (int)Math.Round(options.CalibrationShare * rows) : Default(rows, options.FalseAlarmRate!.Value);
        return Math.Clamp(count, 1, rows - LeastTrainingRows);
    }

    // As many as the rate takes if that leaves half of the rows; more than some thousand tell nothing more.
    private static int Default(int rows, double rate)
    {
        int usual = Math.Clamp((int)Math.Round(DefaultShare * rows), LeastDefaultRows, MostDefaultRows);
        return Math.Min(Math.Max(usual, RowsFor(rate)), rows / 2);
    }

    /// <summary>The fewest held-out rows by which a false-alarm rate can be promised.</summary>
    public static int RowsFor(double rate) => (int)Math.Min(Math.Ceiling(1 / rate - 1e-9) - 1, int.MaxValue);
}
