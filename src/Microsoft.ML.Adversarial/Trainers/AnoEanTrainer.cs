using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Trains AnoEAN (Gherbi et al. 2019, HAL:hal-02421274). Task: anomaly detection with a few known anomalies. Normalisation: features in [0, 1], others
    /// are scaled. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class AnoEanTrainer : AnomalyDetectorTrainer
    {
        internal AnoEanTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : AnoEanOptions, IAnomalyDetectorColumns
        {
            /// <inheritdoc/>
            public MissingValueHandling MissingValueHandling { get; set; } = MissingValueHandling.Anomaly;

            /// <inheritdoc/>
            public string FeatureColumnName { get; set; } = "Features";

            /// <inheritdoc/>
            public string? LabelColumnName { get; set; } = "Label";

            /// <inheritdoc/>
            public string? NormalLabel { get; set; }

            /// <inheritdoc/>
            public string? FalseAlarmRateColumnName { get; set; }
        }
    }
}

namespace Microsoft.ML
{
    public static partial class AdversarialCatalog
    {
        /// <summary>
        /// AnoEAN: trains an encoder on normal rows and a few known anomalies and scores by the Mahalanobis distance of a row's code from those
        /// of normal rows (Gherbi et al. 2019, HAL:hal-02421274).
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="labelColumnName">Tells normal rows from known anomalies (anything else). Boolean, number, key or text.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size, best in [0, 1].</param>
        /// <param name="contamination">Share of the normal training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="numberOfEpochs">Passes over the training rows at most; null derives them from their number.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static AnoEanTrainer AnoEan(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string labelColumnName = "Label",
            string featureColumnName = "Features", double contamination = 0.05, int? numberOfEpochs = null, int? seed = null, string? normalLabel = null) =>
            AnoEan(catalog, new AnoEanTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                NumberOfEpochs = numberOfEpochs,
                Seed = seed,
            });

        /// <summary>AnoEAN with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static AnoEanTrainer AnoEan(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, AnoEanTrainer.Options options) => new(catalog, options);
    }
}
