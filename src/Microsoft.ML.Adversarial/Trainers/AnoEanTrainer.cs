using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Trains AnoEAN (Gherbi et al. 2019, HAL:hal-02421274). Task: anomaly detection with a few known anomalies. Normalisation: features in [0, 1], others
/// are scaled. Caching: not needed, each fit reads the data once.
/// </summary>
public sealed class AnoEanTrainer : AnomalyDetectorTrainer
{
    internal AnoEanTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
        : base(catalog, options, options?.FeatureColumnName, options?.LabelColumnName)
    {
    }

    /// <summary>Options of the trainer.</summary>
    public sealed class Options : AnoEanOptions, IAnomalyDetectorColumns
    {
        /// <inheritdoc/>
        public string FeatureColumnName { get; set; } = "Features";

        /// <inheritdoc/>
        public string? LabelColumnName { get; set; } = "Label";
    }
}
