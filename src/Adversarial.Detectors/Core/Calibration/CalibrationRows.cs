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

    // Where nothing was asked for: of fewer rows none can be spared, and more than the upper number know by themselves what new rows score.
    private const int FewestRowsToSpare = 50;
    private const int MostRowsToSpare = 10_000;
    private const int UsualSpared = 300;
    private const double FlaggedSpared = 10;

    /// <summary>Divides the rows of a fit as its options ask for.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="options">The options of the fit.</param>
    /// <param name="flatters">Whether the method scores rows that it was trained on lower than new ones.</param>
    /// <param name="seed">Seed of the fit.</param>
    /// <exception cref="InvalidOperationException">Rows are to be held out and none can be spared.</exception>
    public static RowSplit Split(FeatureMatrix rows, DetectorOptions options, bool flatters, ulong seed) =>
        RowSplit.Draw(rows, Count(rows.Rows, options, flatters), seed, Purpose);

    /// <summary>How many of so many rows are held out; 0 where neither the options nor the method ask for any.</summary>
    public static int Count(int rows, DetectorOptions options, bool flatters)
    {
        if (options.FalseAlarmRate is null && options.CalibrationShare is null or 0)
            return options.CalibrationShare is null && flatters ? Spared(rows, options.Contamination) : 0;
        if (rows <= LeastTrainingRows)
        {
            string option = options.CalibrationShare > 0 ? nameof(DetectorOptions.CalibrationShare) : nameof(DetectorOptions.FalseAlarmRate);
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"Option {option} holds rows out, and of {rows} training rows none can be spared: give at least {LeastTrainingRows + 1}, or leave the option out."));
        }

        int count = options.CalibrationShare is > 0 and var share ? (int)Math.Round(share * rows) : Default(rows, options.FalseAlarmRate!.Value);
        return Math.Clamp(count, 1, rows - LeastTrainingRows);
    }

    /// <summary>Where rows are too few to hold any out and a threshold by the scores of trained rows flags more new ones than was asked for: what to tell the user; else null.</summary>
    public static string? DescribeShortage(int rows, DetectorOptions options, bool flatters) =>
        !flatters || rows >= FewestRowsToSpare || options.CalibrationShare is not null || options.FalseAlarmRate is not null ? null : string.Create(CultureInfo.InvariantCulture,
            $"Of {rows} training rows none is held out, and the method scores rows that it was trained on lower than new ones: more new normal rows than asked for will lie above the threshold. ")
            + string.Create(CultureInfo.InvariantCulture, $"Give at least {FewestRowsToSpare} rows, or set {nameof(DetectorOptions.CalibrationShare)}.");

    private static int Spared(int rows, double contamination) => rows is < FewestRowsToSpare or > MostRowsToSpare
        ? 0
        : (int)Math.Round(Math.Min(DefaultShare * rows, contamination > 0 ? Math.Max(UsualSpared, FlaggedSpared / contamination) : UsualSpared));

    // As many as the rate takes if that leaves half of the rows; more than some thousand tell nothing more.
    private static int Default(int rows, double rate)
    {
        int usual = Math.Clamp((int)Math.Round(DefaultShare * rows), LeastDefaultRows, MostDefaultRows);
        return Math.Min(Math.Max(usual, RowsFor(rate)), rows / 2);
    }

    /// <summary>The fewest held-out rows by which a false-alarm rate can be promised.</summary>
    public static int RowsFor(double rate) => (int)Math.Min(Math.Ceiling(1 / rate - 1e-9) - 1, int.MaxValue);
}
