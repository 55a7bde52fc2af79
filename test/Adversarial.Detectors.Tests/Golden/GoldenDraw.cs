namespace Adversarial.Detectors.Tests;

/// <summary>One array that enters a training step from outside: uploaded, or drawn.</summary>
/// <param name="Kind">"upload", "normal", "uniform" (behind Gumbel noise) or "mask" (of dropout).</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Values">The values, row-major; null for masks.</param>
/// <param name="Bits">A mask, row-major: 1 for what is kept, 0 for what is not; else null.</param>
/// <param name="Mean">The mean of normal deviates.</param>
/// <param name="Deviation">Their standard deviation.</param>
internal sealed record GoldenDraw(
    string Kind, int Rows, int Columns, float[]? Values = null, string? Bits = null, float? Mean = null, float? Deviation = null)
{
    // Last digits of normal deviates depend on the instruction set, those of rows that a network made before on the precision.
    private const float Tolerance = 1e-5f;

    /// <summary>Throws if this is not what was recorded.</summary>
    public void RequireEqual(GoldenDraw recorded, string place)
    {
        bool alike = Kind == recorded.Kind && Rows == recorded.Rows && Columns == recorded.Columns && Bits == recorded.Bits
            && Mean == recorded.Mean && Deviation == recorded.Deviation && Values?.Length == recorded.Values?.Length;
        float tolerance = Kind == "uniform" ? 0 : Tolerance;
        for (int i = 0; alike && i < (Values?.Length ?? 0); i++)
            alike = Math.Abs(Values![i] - recorded.Values![i]) <= tolerance;
        if (!alike)
            throw new InvalidOperationException(Stale($"{place} took {this} where the file has {recorded}"));
    }

    /// <summary>What to say where a run does not take what the file says.</summary>
    public static string Stale(string what) =>
        $"{what}. If the method or its random streams were changed on purpose, regenerate the golden files (eng/golden/README.md).";

    public override string ToString() => $"{Kind} [{Rows}, {Columns}] {Bits ?? string.Join(" ", Values!.Take(8))}";
}
