namespace Adversarial.Benchmarks;

/// <summary>What turns of a race say: medians, which a busy neighbour moves least.</summary>
internal static class TurnFigures
{
    /// <summary>The middle value.</summary>
    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    /// <summary>The median of one side's rate over the other's, turn by turn.</summary>
    public static double Ratio(double[] ours, double[] theirs) => Median([.. ours.Zip(theirs, (us, them) => us / them)]);
}
