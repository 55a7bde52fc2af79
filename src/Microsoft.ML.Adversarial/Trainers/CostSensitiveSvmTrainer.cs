using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Trains a cost-sensitive support vector machine (Veropoulos et al. 1999, IJCAI) on normal rows and a few known anomalies. Task: anomaly detection.
    /// Normalisation: features are scaled. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class CostSensitiveSvmTrainer : AnomalyDetectorTrainer
    {
        internal CostSensitiveSvmTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : CostSensitiveSvmOptions, IAnomalyDetectorColumns
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
        /// Cost-sensitive support vector machine: scores by the distance to the border between normal rows and a few known anomalies, whose errors
        /// cost more (Veropoulos et al. 1999, IJCAI).
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="labelColumnName">Tells normal rows from known anomalies (anything else). Boolean, number, key or text.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="contamination">Share of the normal training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="cost">What a row on the wrong side of the border costs, 1e-6 to 1e6.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static CostSensitiveSvmTrainer CostSensitiveSvm(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string labelColumnName = "Label",
            string featureColumnName = "Features", double contamination = 0.05, double cost = 1, int? seed = null, string? normalLabel = null) =>
            CostSensitiveSvm(catalog, new CostSensitiveSvmTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                Cost = cost,
                Seed = seed,
            });

        /// <summary>Cost-sensitive SVM with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static CostSensitiveSvmTrainer CostSensitiveSvm(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, CostSensitiveSvmTrainer.Options options) => new(catalog, options);
    }
}
