namespace Adversarial.Detectors;

/// <summary>
/// Widths of the networks that papers publish for KDD99, some 120 features: multiples of a unit of 64. Narrower tables have less to learn and take a
/// smaller one.
/// </summary>
internal static class PublishedWidths
{
    // From so many features on the unit is the full one.
    private const double FullColumns = 60;
    private const int LeastUnit = 16;
    private const int FullUnit = 64;

    /// <summary>The unit for a table.</summary>
    public static int UnitOf(int columns) => Math.Clamp((int)Math.Round(FullUnit * columns / FullColumns), LeastUnit, FullUnit);

    /// <summary>Width of a code that is such a share of the features, 2 to 32.</summary>
    public static int CodeOf(int columns, double share) => Math.Clamp((int)Math.Round(share * columns), 2, 32);
}
