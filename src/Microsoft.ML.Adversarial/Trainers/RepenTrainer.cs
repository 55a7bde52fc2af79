using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Trains REPEN, a representation for random distances (Pang et al. 2018, arXiv:1806.04808). Task: outlier detection. Normalisation: not needed,
    /// features are standardised. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class RepenTrainer : AnomalyDetectorTrainer
    {
        internal RepenTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : RepenOptions, IAnomalyDetectorColumns
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

            /// <summary>
            /// What the authors' code does: features as they are, a margin of 1000, 30 epochs of batches of 256. Only its samples come from the training
            /// rows, not from the scored ones.
            /// </summary>
            public static Options AsPublished() => Published(new Options());
        }
    }
}

namespace Microsoft.ML
{
    public static partial class AdversarialCatalog
    {
        /// <summary>
        /// REPEN: learns a representation in which likely outliers lie far from likely inliers and scores by the mean distance of a row from the
        /// nearest rows of small samples (Pang et al. 2018, arXiv:1806.04808).
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on. Boolean, number, key or text.</param>
        /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="numberOfEpochs">Passes over the training rows; null derives them from their number.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static RepenTrainer Repen(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
            string? labelColumnName = null, double contamination = 0.05, int? numberOfEpochs = null, int? seed = null, string? normalLabel = null) =>
            Repen(catalog, new RepenTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                NumberOfEpochs = numberOfEpochs,
                Seed = seed,
            });

        /// <summary>REPEN with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static RepenTrainer Repen(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, RepenTrainer.Options options) => new(catalog, options);
    }
}
