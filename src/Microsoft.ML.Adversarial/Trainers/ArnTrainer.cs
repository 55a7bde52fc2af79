using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Trains ARN (Liguori et al., ICDM 2021). Task: anomaly detection, and generation of anomalies. Normalisation: features in [0, 1], others
/// are scaled. Caching: not needed, each fit reads the data once.
/// </summary>
public sealed class ArnTrainer : AnomalyDetectorTrainer
{
    internal ArnTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
        : base(catalog, options, options?.FeatureColumnName, options?.LabelColumnName)
    {
    }

    /// <summary>Where the options leave the one-hot groups open, those that the feature column tells.</summary>
    private protected override void Complete(DetectorOptions options, DataViewSchema.Column features, FeatureMatrix rows)
    {
        var own = (ArnOptions)options;
        if (own.Variant == ArnVariant.Gumbel)
            own.CategoricalGroups ??= SlotGroups.Find(features, rows);
    }

    /// <summary>Options of the trainer.</summary>
    public sealed class Options : ArnOptions, IAnomalyDetectorColumns
    {
        /// <inheritdoc/>
        public string FeatureColumnName { get; set; } = "Features";

        /// <inheritdoc/>
        public string? LabelColumnName { get; set; }

        /// <summary>What the authors' code does on NSL-KDD; only its scoring by the statistics of test batches, which leaks labels, is left out.</summary>
        public static Options AsPublished() => Published(new Options());
    }
}
