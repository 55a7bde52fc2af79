namespace Adversarial.Detectors;

/// <summary>Where scaled features lie: what counterexamples and outputs of networks go by.</summary>
/// <param name="Center">Their middle.</param>
/// <param name="Unit">A standard deviation.</param>
/// <param name="IsBounded">Whether they lie in [0, 1].</param>
internal readonly record struct FeatureSpace(float Center, float Unit, bool IsBounded)
{
    // A uniform feature in [0, 1] has about 0.29 as its deviation.
    private const float DeviationsOfUnitInterval = 3.5f;

    /// <summary>The space that a scaling makes; features that are taken as they are are taken to lie in [0, 1].</summary>
    public static FeatureSpace Of(InputScaling scaling) => scaling is InputScaling.Standard or InputScaling.Robust
        ? new FeatureSpace(0, 1, IsBounded: false)
        : new FeatureSpace(0.5f, 1 / DeviationsOfUnitInterval, IsBounded: true);
}
