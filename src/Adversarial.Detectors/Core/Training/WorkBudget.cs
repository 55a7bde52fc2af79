using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>
/// How much work a fit with default options may be. It follows rows and width, as what there is to learn does: a small table is not trained on
/// for as long as a large one because its networks happen to be wide.
/// </summary>
internal static class WorkBudget
{
    // Multiply-adds for 1000 rows of 100 features: about ten seconds on one core of 2020.
    private const double Work = 2.7e11;
    private const double Rows = 1000;
    private const double Columns = 100;

    // Small tables keep more of their steps, of which they have few to spare; large ones get nearly what they ask for.
    private const double ExponentOfFewRows = 0.5;
    private const double ExponentOfManyRows = 0.8;

    // Work of a step grows faster than the width; what there is to learn does not.
    private const double ColumnExponent = 0.75;

    // Steps that are longer make up for most of those that are left out.
    private const double RateExponent = 0.7;

    /// <summary>Multiply-adds of a whole fit, all members together.</summary>
    public static double Of(int rows, int columns) =>
        Work * Math.Pow(rows / Rows, rows < Rows ? ExponentOfFewRows : ExponentOfManyRows) * Math.Max(1, Math.Pow(columns / Columns, ColumnExponent));

    /// <summary>Multiply-adds of a network for one row, forward: those of a table's are its weights, a convolution has many of each.</summary>
    public static long OfRow(RowNetwork network) => Math.Max(network.MultiplyAdds, network.Parameters.LongCount);

    /// <summary>As many of the wanted steps as the budget allows, at least <paramref name="least"/> of them.</summary>
    /// <param name="wanted">Steps where work does not matter.</param>
    /// <param name="least">Steps that there must be, however much they cost.</param>
    /// <param name="budget">Multiply-adds for these steps.</param>
    /// <param name="workOfStep">Multiply-adds of one of them.</param>
    public static int Steps(int wanted, int least, double budget, double workOfStep) =>
        (int)Math.Clamp(budget / Math.Max(1, workOfStep), Math.Min(least, wanted), wanted);

    /// <summary>Whole epochs, at least one, of at least so many steps together.</summary>
    public static int Epochs(int steps, int rows, int batchSize) => Math.Max(1, (int)Math.Ceiling(steps / Math.Ceiling(rows / (double)batchSize)));

    /// <summary>Whole epochs of at least the wanted steps, or of what the budget allows.</summary>
    /// <param name="wanted">Steps where work does not matter.</param>
    /// <param name="least">Steps that there must be, however much they cost.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="batchSize">Rows of a full batch.</param>
    /// <param name="budget">Multiply-adds for these steps.</param>
    /// <param name="workOfStep">Multiply-adds of one of them.</param>
    public static int Epochs(int wanted, int least, int rows, int batchSize, double budget, double workOfStep) =>
        Math.Max(1, (int)Math.Ceiling(Steps(wanted, least, budget, workOfStep) / Math.Ceiling(rows / (double)batchSize)));

    /// <summary>The learning rate for fewer steps than wanted, no greater than <paramref name="most"/>.</summary>
    public static float Rate(float rate, int wanted, int steps, float most) =>
        Math.Max(rate, Math.Min(most, rate * (float)Math.Pow(wanted / (double)steps, RateExponent)));
}
