namespace Microsoft.ML.Adversarial;

/// <summary>Which shares of the rows the trials of a sweep are fitted to, one after the other.</summary>
internal static class SweepRungs
{
    // Of each rung's trials one in so many goes on, with so many times the rows.
    private const int Factor = 3;

    // Fewer rows say little of how options do on all.
    private const int LeastRows = 100;

    public static IReadOnlyList<double> Of(SweepStrategy strategy, int trials, int rows)
    {
        var shares = new Stack<double>([1]);
        if (strategy == SweepStrategy.SuccessiveHalving)
        {
            for (int left = trials; left > Factor && shares.Peek() * rows / Factor >= LeastRows; left = Kept(left))
                shares.Push(shares.Peek() / Factor);
        }

        return [.. shares];
    }

    /// <summary>How many trials go on from a rung.</summary>
    public static int Kept(int trials) => (trials + Factor - 1) / Factor;
}
