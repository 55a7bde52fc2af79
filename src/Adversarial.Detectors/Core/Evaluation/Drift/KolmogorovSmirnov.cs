namespace Adversarial.Detectors;

/// <summary>The two-sample test of Kolmogorov and Smirnov.</summary>
internal static class KolmogorovSmirnov
{
    private const int MostTerms = 100;

    /// <summary>
    /// Probability of a distance at least as large between samples of one distribution, by the asymptotic formula with the correction of Stephens (1970);
    /// too high for values that repeat, never too low.
    /// </summary>
    /// <param name="distance">Greatest distance of the two shares, in [0, 1].</param>
    /// <param name="first">Size of one sample.</param>
    /// <param name="second">Size of the other.</param>
    public static double PValue(double distance, long first, long second)
    {
        double root = Math.Sqrt((double)first * second / (first + second));
        double lambda = (root + 0.12 + 0.11 / root) * distance;

        // Below this the series converges slowly, and the value is 1 to all digits.
        if (lambda < 0.2)
            return 1;
        double sum = 0;
        for (int j = 1, sign = 1; j <= MostTerms; j++, sign = -sign)
        {
            double term = Math.Exp(-2 * j * j * lambda * lambda);
            sum += sign * term;
            if (term < 1e-16 * Math.Abs(sum))
                break;
        }

        return Math.Clamp(2 * sum, 0, 1);
    }
}
