namespace Adversarial.Detectors;

/// <summary>
/// What a support vector machine minimises over a border f(x) = w phi(x) - rho: |w|² / 2 - s rho + sum over rows of |c| max(0, m - sign(c) f(x)), with the
/// cost c of a row, the margin m and the sum s.
/// </summary>
internal sealed class BorderProblem
{
    /// <summary>Copies the scaled features of a row.</summary>
    public delegate void RowCopy(int row, Span<float> to);

    private BorderProblem(RowCopy copy, Func<RandomDraws, int> draw, Func<int, int> sign, int rows) => (Copy, Draw, Sign, Rows) = (copy, draw, sign, rows);

    /// <summary>Copies the scaled features of a row.</summary>
    public RowCopy Copy { get; }

    /// <summary>A row, as likely as it is costly.</summary>
    public Func<RandomDraws, int> Draw { get; }

    /// <summary>The sign of a row's class.</summary>
    public Func<int, int> Sign { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Sum of the costs' magnitudes.</summary>
    public double SumOfCosts { get; private init; }

    /// <summary>What f has to be on a row's own side.</summary>
    public double Margin { get; private init; }

    /// <summary>Factor of rho.</summary>
    public double OffsetGain { get; private init; }

    /// <summary>Length of the first step of a descent: the border of one class grows with the rows from nothing, that of two has the length of its margin.</summary>
    public double FirstRate { get; private init; }

    /// <summary>One class: at most a share of <paramref name="nu"/> of the rows is below the border.</summary>
    public static BorderProblem OneClass(RowCopy copy, int rows, double nu) =>
        new(copy, draws => draws.Below(rows), _ => 1, rows) { SumOfCosts = rows, Margin = 0, OffsetGain = nu * rows, FirstRate = rows };

    /// <summary>Two classes, by the signs of the costs.</summary>
    public static BorderProblem TwoClasses(RowCopy copy, double[] costs)
    {
        var sums = new double[costs.Length];
        double sum = 0;
        for (int row = 0; row < costs.Length; row++)
            sums[row] = sum += Math.Abs(costs[row]);
        return new(copy, draws => RowAt(sums, draws.Unit() * sum), row => Math.Sign(costs[row]), costs.Length)
        {
            SumOfCosts = sum,
            Margin = 1,
            OffsetGain = 0,
            FirstRate = 5,
        };
    }

    // The first row whose sum is above the value.
    private static int RowAt(double[] sums, double value)
    {
        int place = Array.BinarySearch(sums, value);
        return Math.Min(place < 0 ? ~place : place + 1, sums.Length - 1);
    }
}
