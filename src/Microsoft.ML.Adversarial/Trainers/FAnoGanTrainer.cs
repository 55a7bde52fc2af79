using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Trains f-AnoGAN (Schlegl et al. 2019, doi:10.1016/j.media.2019.01.010). Task: anomaly detection. Normalisation: not needed, features
    /// are standardised. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class FAnoGanTrainer : AnomalyDetectorTrainer
    {
        internal FAnoGanTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : FAnoGanOptions, IAnomalyDetectorColumns
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
        /// f-AnoGAN: a Wasserstein GAN learns normal rows, an encoder its inverse; the score is what is left of a row and of its features (Schlegl et
        /// al. 2019, doi:10.1016/j.media.2019.01.010).
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on. Boolean, number, key or text.</param>
        /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="numberOfEpochs">Passes over the training rows; null derives them from their number.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static FAnoGanTrainer FAnoGan(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
            string? labelColumnName = null, double contamination = 0.05, int? numberOfEpochs = null, int? seed = null, string? normalLabel = null) =>
            FAnoGan(catalog, new FAnoGanTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                NumberOfEpochs = numberOfEpochs,
                Seed = seed,
            });

        /// <summary>f-AnoGAN with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static FAnoGanTrainer FAnoGan(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, FAnoGanTrainer.Options options) => new(catalog, options);
    }
}
