using Microsoft.ML.Adversarial;

namespace Microsoft.ML;

public static partial class AdversarialCatalog
{
    /// <summary>The same detector with another handling of rows that hold NaN or infinity; nothing is trained.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A fitted detector, for example the last transformer of a chain.</param>
    /// <param name="handling">What it says of such rows. It is saved with the model.</param>
    /// <returns><paramref name="model"/> itself if it handles them so already, else a new transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="handling"/> is none of the enumeration's values.</exception>
    public static AnomalyDetectorTransformer ChangeMissingValueHandling(this AnomalyDetectionCatalog catalog, AnomalyDetectorTransformer model,
        MissingValueHandling handling)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return model.WithMissingValueHandling(handling);
    }
}
