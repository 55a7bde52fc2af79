using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Trains an adversarial autoencoder that scores by its reconstruction error (Makhzani et al. 2016, arXiv:1511.05644). Task: anomaly detection.
    /// Normalisation: not needed, features are standardised. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class AdversarialAutoencoderTrainer : AnomalyDetectorTrainer
    {
        internal AdversarialAutoencoderTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : AdversarialAutoencoderOptions, IAnomalyDetectorColumns
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

            /// <summary>The first stage of what the authors of DA3D coded for KDD tables (arXiv:2101.04645): 500 epochs, a sigmoid critic, features in [0, 1].</summary>
            public static Options AsPublished() => Published(new Options());
        }
    }
}

namespace Microsoft.ML
{
    public static partial class AdversarialCatalog
    {
        /// <summary>
        /// Adversarial autoencoder: learns to give normal rows back through codes that pass for normal deviates and scores by the root mean square
        /// of what is left of a row (Makhzani et al. 2016, arXiv:1511.05644).
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on. Boolean, number, key or text.</param>
        /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="numberOfEpochs">Passes over the training rows; null derives them from their number.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static AdversarialAutoencoderTrainer AdversarialAutoencoder(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
            string? labelColumnName = null, double contamination = 0.05, int? numberOfEpochs = null, int? seed = null, string? normalLabel = null) =>
            AdversarialAutoencoder(catalog, new AdversarialAutoencoderTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                NumberOfEpochs = numberOfEpochs,
                Seed = seed,
            });

        /// <summary>Adversarial autoencoder with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static AdversarialAutoencoderTrainer AdversarialAutoencoder(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, AdversarialAutoencoderTrainer.Options options) => new(catalog, options);
    }
}
