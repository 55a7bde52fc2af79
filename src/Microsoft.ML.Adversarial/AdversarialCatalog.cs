using Microsoft.ML.Adversarial;

namespace Microsoft.ML;

/// <summary>Adversarial anomaly detectors among the trainers of <see cref="AnomalyDetectionCatalog"/>.</summary>
public static class AdversarialCatalog
{
    /// <summary>
    /// DA3D: trains an adversarial autoencoder on normal rows and an alarm network that tells its activations from those of synthetic
    /// anomalies (Schulze et al. 2021, arXiv:2101.04645).
    /// </summary>
    /// <param name="catalog">The trainers' catalog.</param>
    /// <param name="featureColumnName">A vector of <see cref="float"/> of known size, best in [0, 1].</param>
    /// <param name="labelColumnName">If given, only rows labelled normal (false, 0, first key) are trained on. Boolean, number or key.</param>
    /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
    /// <param name="numberOfEpochs">Epochs of the alarm; null derives them from the number of rows.</param>
    /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
    /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
    public static Da3dTrainer Da3d(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
        string? labelColumnName = null, double contamination = 0.05, int? numberOfEpochs = null, int? seed = null) =>
        Da3d(catalog, new Da3dTrainer.Options
        {
            FeatureColumnName = featureColumnName,
            LabelColumnName = labelColumnName,
            Contamination = contamination,
            NumberOfEpochs = numberOfEpochs,
            Seed = seed,
        });

    /// <summary>DA3D with all options.</summary>
    /// <param name="catalog">The trainers' catalog.</param>
    /// <param name="options">The options; they are copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static Da3dTrainer Da3d(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Da3dTrainer.Options options) => new(catalog, options);

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
