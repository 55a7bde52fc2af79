using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Trains DA3D (Schulze et al. 2021, arXiv:2101.04645). Task: anomaly detection. Normalisation: features in [0, 1], others are scaled.
/// Caching: not needed, each fit reads the data once.
/// </summary>
public sealed class Da3dTrainer : AnomalyDetectorTrainer
{
    internal Da3dTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
        : base(catalog, options, options?.FeatureColumnName, options?.LabelColumnName)
    {
    }

    /// <summary>Options of the trainer.</summary>
    public sealed class Options : Da3dOptions, IAnomalyDetectorColumns
    {
        /// <inheritdoc/>
        public string FeatureColumnName { get; set; } = "Features";

        /// <inheritdoc/>
        public string? LabelColumnName { get; set; }

        /// <summary>
        /// What the authors' code does: 500 + 500 epochs, sigmoid critics with clipped gradients, sigma 2, alarm on the decoder's
        /// activations, last weights.
        /// </summary>
        public static Options AsPublished() => Published(new Options());
    }
}
