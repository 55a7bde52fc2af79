using Adversarial.Detectors;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Trains ARN (Liguori et al., ICDM 2021). Task: anomaly detection, and generation of anomalies. Normalisation: features in [0, 1], others
    /// are scaled. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class ArnTrainer : AnomalyDetectorTrainer
    {
        internal ArnTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Where the options leave the one-hot groups open, those that the feature column tells.</summary>
        private protected override void Complete(DetectorOptions options, DataViewSchema.Column features, FeatureMatrix rows) =>
            CompleteGroups((ArnOptions)options, features, rows);

        /// <summary>The same for whoever trains an ARN.</summary>
        internal static void CompleteGroups(ArnOptions options, DataViewSchema.Column features, FeatureMatrix rows)
        {
            if (options.Variant == ArnVariant.Gumbel)
                options.CategoricalGroups ??= SlotGroups.Find(features, rows);
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : ArnOptions, IAnomalyDetectorColumns
        {
            /// <inheritdoc/>
            public MissingValueHandling MissingValueHandling { get; set; } = MissingValueHandling.Anomaly;

            /// <inheritdoc/>
            public string FeatureColumnName { get; set; } = "Features";

            /// <inheritdoc/>
            public string? LabelColumnName { get; set; }

            /// <inheritdoc/>
            public string? NormalLabel { get; set; }

            /// <inheritdoc/>
            public string? FalseAlarmRateColumnName { get; set; }

            /// <summary>What the authors' code does on NSL-KDD; only its scoring by the statistics of test batches, which leaks labels, is left out.</summary>
            public static Options AsPublished() => Published(new Options());
        }
    }
}

namespace Microsoft.ML
{
    public static partial class AdversarialCatalog
    {
        /// <summary>
        /// ARN: trains a variational autoencoder whose reconstructions stand for anomalies, and a discriminator that learns to tell them from
        /// normal rows (Liguori et al., ICDM 2021).
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size, best in [0, 1].</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on. Boolean, number, key or text.</param>
        /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="numberOfEpochs">Passes over the training rows; null derives them from their number.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static ArnTrainer Arn(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
            string? labelColumnName = null, double contamination = 0.05, int? numberOfEpochs = null, int? seed = null, string? normalLabel = null) =>
            Arn(catalog, new ArnTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                NumberOfEpochs = numberOfEpochs,
                Seed = seed,
            });

        /// <summary>ARN with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static ArnTrainer Arn(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, ArnTrainer.Options options) => new(catalog, options);
    }
}
