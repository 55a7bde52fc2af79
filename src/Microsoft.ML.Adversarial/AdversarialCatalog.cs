using Microsoft.ML.Adversarial;

namespace Microsoft.ML;

/// <summary>Adversarial anomaly detectors among the trainers of <see cref="AnomalyDetectionCatalog"/>.</summary>
public static partial class AdversarialCatalog
{
    /// <summary>The same detector with another threshold; nothing is trained.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A fitted detector, for example the last transformer of a chain.</param>
    /// <param name="threshold">Rows with a score above it get <c>PredictedLabel</c> true. Not NaN.</param>
    /// <returns><paramref name="model"/> itself if its threshold is that already, else a new transformer.</returns>
    public static AnomalyDetectorTransformer ChangeModelThreshold(this AnomalyDetectionCatalog catalog, AnomalyDetectorTransformer model, float threshold)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return model.WithThreshold(threshold);
    }
}
