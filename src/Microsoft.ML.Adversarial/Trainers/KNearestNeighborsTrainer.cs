using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Keeps training rows and measures distances to the nearest (Ramaswamy, Rastogi and Shim 2000, doi:10.1145/342009.335437). Task: anomaly detection. Normalisation: features are
    /// scaled. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class KNearestNeighborsTrainer : AnomalyDetectorTrainer
    {
        internal KNearestNeighborsTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : KNearestNeighborsOptions, IAnomalyDetectorColumns
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
        }
    }
}

namespace Microsoft.ML
{
    public static partial class AdversarialCatalog
    {
        /// <summary>
        /// Nearest neighbours: scores by the mean distance to the nearest training rows (Ramaswamy, Rastogi and Shim 2000,
        /// doi:10.1145/342009.335437).
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on. Boolean, number, key or text.</param>
        /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="numberOfNeighbors">Neighbours whose distances are averaged, 1 to 1000.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static KNearestNeighborsTrainer KNearestNeighbors(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
            string? labelColumnName = null, double contamination = 0.05, int numberOfNeighbors = 5, int? seed = null, string? normalLabel = null) =>
            KNearestNeighbors(catalog, new KNearestNeighborsTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                NumberOfNeighbors = numberOfNeighbors,
                Seed = seed,
            });

        /// <summary>Nearest neighbours with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static KNearestNeighborsTrainer KNearestNeighbors(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, KNearestNeighborsTrainer.Options options) => new(catalog, options);
    }
}
