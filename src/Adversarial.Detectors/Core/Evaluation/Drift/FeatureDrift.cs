namespace Adversarial.Detectors;

/// <summary>How far a feature of new rows is from that of the training rows.</summary>
/// <param name="Index">Place of the feature, from 0.</param>
/// <param name="Name">Its name; its place where it has none.</param>
/// <param name="Distance">
/// The statistic of Kolmogorov and Smirnov, in [0, 1]: the greatest difference of the shares of rows up to a value, over at most 17 values that the model keeps.
/// </param>
/// <param name="PValue">Probability of such a distance among rows of the same distribution, in [0, 1].</param>
public sealed record FeatureDrift(int Index, string Name, double Distance, double PValue)
{
    /// <summary>The same for the most striking of all features (Holm 1979), in [0, 1]: below 0.01 the feature is hardly the same by chance.</summary>
    public double AdjustedPValue { get; private init; } = PValue;

    internal static IEnumerable<FeatureDrift> Adjusted(IReadOnlyCollection<FeatureDrift> features)
    {
        double least = 0;
        int left = features.Count;
        foreach (FeatureDrift feature in features.OrderBy(feature => feature.PValue))
        {
            least = Math.Max(least, Math.Min(1, left-- * feature.PValue));
            yield return feature with { AdjustedPValue = least };
        }
    }
}
