using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Trains ALAD (Zenati et al. 2018, arXiv:1812.02288). Task: anomaly detection. Normalisation: features in [0, 1], others
/// are scaled. Caching: not needed, each fit reads the data once.
/// </summary>
public sealed class AladTrainer : AnomalyDetectorTrainer
{
    internal AladTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
        : base(catalog, options, options?.FeatureColumnName, options?.LabelColumnName)
    {
    }

    /// <summary>Options of the trainer.</summary>
    public sealed class Options : AladOptions, IAnomalyDetectorColumns
    {
        /// <inheritdoc/>
        public string FeatureColumnName { get; set; } = "Features";

        /// <inheritdoc/>
        public string? LabelColumnName { get; set; }

        /// <summary>What the authors' code does on KDD99: its networks, 100 epochs in batches of 50 at a learning rate of 1e-5.</summary>
        public static Options AsPublished() => Published(new Options());
    }
}
