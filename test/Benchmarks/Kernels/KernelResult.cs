namespace Adversarial.Benchmarks;

/// <summary>One product of one layer shape.</summary>
/// <param name="Network">Where the shape occurs.</param>
/// <param name="Rows">The batch.</param>
/// <param name="Inputs">The layer's inputs.</param>
/// <param name="Outputs">The layer's outputs.</param>
/// <param name="Variant">Which of the layer's three products.</param>
/// <param name="MegaFlop">Work of one product.</param>
/// <param name="GigaFlops">Median rate.</param>
/// <param name="Share">Median share of the ceiling measured beside it.</param>
/// <param name="Best">Best rate over best ceiling.</param>
internal sealed record KernelResult(
    string Network, int Rows, int Inputs, int Outputs, string Variant, double MegaFlop, double GigaFlops, double Share, double Best)
{
    private const double LargeWork = 0.5, SmallWork = 0.05, LargeGoal = 0.85, SmallGoal = 0.60;

    /// <summary>The share of the ceiling that is asked for; 0 where nothing is.</summary>
    public double Goal => MegaFlop >= LargeWork ? LargeGoal : MegaFlop >= SmallWork ? SmallGoal : 0;

    /// <summary>How many reach what is asked for.</summary>
    public static string Summary(IReadOnlyList<KernelResult> results)
    {
        string Of(double goal)
        {
            KernelResult[] group = [.. results.Where(result => result.Goal == goal)];
            return $"{group.Count(result => result.Share >= goal)} of {group.Length} reach {goal:P0} (by best rate: {group.Count(result => result.Best >= goal)})";
        }

        return $"from {LargeWork} MFLOP: {Of(LargeGoal)}; from {SmallWork} MFLOP: {Of(SmallGoal)}";
    }
}
