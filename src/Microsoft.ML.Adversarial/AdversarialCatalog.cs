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

    /// <summary>
    /// ALAD: trains an encoder and a generator against three discriminators and scores by how the reconstruction differs in the eyes of one
    /// of them (Zenati et al. 2018, arXiv:1812.02288).
    /// </summary>
    /// <param name="catalog">The trainers' catalog.</param>
    /// <param name="featureColumnName">A vector of <see cref="float"/> of known size, best in [0, 1].</param>
    /// <param name="labelColumnName">If given, only rows labelled normal (false, 0, first key) are trained on. Boolean, number or key.</param>
    /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
    /// <param name="numberOfEpochs">Passes over the training rows; null derives them from their number.</param>
    /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
    /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
    public static AladTrainer Alad(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
        string? labelColumnName = null, double contamination = 0.05, int? numberOfEpochs = null, int? seed = null) =>
        Alad(catalog, new AladTrainer.Options
        {
            FeatureColumnName = featureColumnName,
            LabelColumnName = labelColumnName,
            Contamination = contamination,
            NumberOfEpochs = numberOfEpochs,
            Seed = seed,
        });

    /// <summary>ALAD with all options.</summary>
    /// <param name="catalog">The trainers' catalog.</param>
    /// <param name="options">The options; they are copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static AladTrainer Alad(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, AladTrainer.Options options) => new(catalog, options);

    /// <summary>
    /// ARN: trains a variational autoencoder whose reconstructions stand for anomalies, and a discriminator that learns to tell them from
    /// normal rows (Liguori et al., ICDM 2021).
    /// </summary>
    /// <param name="catalog">The trainers' catalog.</param>
    /// <param name="featureColumnName">A vector of <see cref="float"/> of known size, best in [0, 1].</param>
    /// <param name="labelColumnName">If given, only rows labelled normal (false, 0, first key) are trained on. Boolean, number or key.</param>
    /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
    /// <param name="numberOfEpochs">Passes over the training rows; null derives them from their number.</param>
    /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
    /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
    public static ArnTrainer Arn(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
        string? labelColumnName = null, double contamination = 0.05, int? numberOfEpochs = null, int? seed = null) =>
        Arn(catalog, new ArnTrainer.Options
        {
            FeatureColumnName = featureColumnName,
            LabelColumnName = labelColumnName,
            Contamination = contamination,
            NumberOfEpochs = numberOfEpochs,
            Seed = seed,
        });

    /// <summary>ARN with all options.</summary>
    /// <param name="catalog">The trainers' catalog.</param>
    /// <param name="options">The options; they are copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static ArnTrainer Arn(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, ArnTrainer.Options options) => new(catalog, options);

    /// <summary>
    /// AnoEAN: trains an encoder on normal rows and a few known anomalies and scores by the Mahalanobis distance of a row's code from those
    /// of normal rows (Gherbi et al. 2019, HAL:hal-02421274).
    /// </summary>
    /// <param name="catalog">The trainers' catalog.</param>
    /// <param name="labelColumnName">Tells normal rows (false, 0, first key) from known anomalies (anything else). Boolean, number or key.</param>
    /// <param name="featureColumnName">A vector of <see cref="float"/> of known size, best in [0, 1].</param>
    /// <param name="contamination">Share of the normal training rows that the threshold flags, in [0, 0.5].</param>
    /// <param name="numberOfEpochs">Passes over the training rows at most; null derives them from their number.</param>
    /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
    /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
    public static AnoEanTrainer AnoEan(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string labelColumnName = "Label",
        string featureColumnName = "Features", double contamination = 0.05, int? numberOfEpochs = null, int? seed = null) =>
        AnoEan(catalog, new AnoEanTrainer.Options
        {
            FeatureColumnName = featureColumnName,
            LabelColumnName = labelColumnName,
            Contamination = contamination,
            NumberOfEpochs = numberOfEpochs,
            Seed = seed,
        });

    /// <summary>AnoEAN with all options.</summary>
    /// <param name="catalog">The trainers' catalog.</param>
    /// <param name="options">The options; they are copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static AnoEanTrainer AnoEan(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, AnoEanTrainer.Options options) => new(catalog, options);

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
