using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Trains Deep SVDD, a network that maps normal rows close to a centre (Ruff et al. 2018). Task: anomaly detection. Normalisation: not needed,
    /// features are standardised. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class DeepSvddTrainer : AnomalyDetectorTrainer
    {
        internal DeepSvddTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : DeepSvddOptions, IAnomalyDetectorColumns
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

            /// <summary>The networks of its authors for Arrhythmia (arXiv:1906.02694) and the schedule of their code: 150 + 150 epochs at 1e-4 and 1e-5, features in [0, 1].</summary>
            public static Options AsPublished() => Published(new Options());

            /// <summary>The networks and the schedule of its authors' code for images: 150 + 150 epochs at 1e-4 and 1e-5, contrast normalised, pixels in [0, 1].</summary>
            /// <param name="shape">The shape of the images: theirs are 28 x 28 x 1 and 32 x 32 x 3.</param>
            public static Options AsPublished(ImageShape shape) => Published(new Options(), shape);
        }
    }
}

namespace Microsoft.ML
{
    public static partial class AdversarialCatalog
    {
        /// <summary>
        /// Deep SVDD: a network without biases maps normal rows close to a centre and scores by the squared distance from it (Ruff et al., ICML
        /// 2018).
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on. Boolean, number, key or text.</param>
        /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="numberOfEpochs">Passes over the training rows; null derives them from their number.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static DeepSvddTrainer DeepSvdd(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
            string? labelColumnName = null, double contamination = 0.05, int? numberOfEpochs = null, int? seed = null, string? normalLabel = null) =>
            DeepSvdd(catalog, new DeepSvddTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                NumberOfEpochs = numberOfEpochs,
                Seed = seed,
            });

        /// <summary>Deep SVDD with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static DeepSvddTrainer DeepSvdd(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, DeepSvddTrainer.Options options) => new(catalog, options);
    }
}
