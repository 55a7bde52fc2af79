using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Learns a mixture of Gaussians (Dempster, Laird and Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x). Task: anomaly detection. Normalisation: features are
    /// scaled. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class GaussianMixtureTrainer : AnomalyDetectorTrainer
    {
        internal GaussianMixtureTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : GaussianMixtureOptions, IAnomalyDetectorColumns
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
        /// Gaussian mixture: scores by the negative logarithm of the density of normal rows (Dempster, Laird and Rubin 1977,
        /// doi:10.1111/j.2517-6161.1977.tb01600.x).
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on. Boolean, number, key or text.</param>
        /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="numberOfComponents">Gaussians of the mixture, 1 to 256.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static GaussianMixtureTrainer GaussianMixture(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
            string? labelColumnName = null, double contamination = 0.05, int numberOfComponents = 4, int? seed = null, string? normalLabel = null) =>
            GaussianMixture(catalog, new GaussianMixtureTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                NumberOfComponents = numberOfComponents,
                Seed = seed,
            });

        /// <summary>Gaussian mixture with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static GaussianMixtureTrainer GaussianMixture(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, GaussianMixtureTrainer.Options options) => new(catalog, options);
    }
}
