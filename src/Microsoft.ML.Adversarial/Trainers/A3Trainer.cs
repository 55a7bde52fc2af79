using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Trains A3, an alarm on the activations of an autoencoder, with a few known anomalies or without (Sperl et al. 2020, arXiv:2003.01801).
    /// Task: anomaly detection. Normalisation: not needed, features are standardised. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class A3Trainer : AnomalyDetectorTrainer
    {
        internal A3Trainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : A3Options, IAnomalyDetectorColumns
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

            /// <summary>What the authors' code does on NSL-KDD: known anomalies, its networks, 30 epochs of the autoencoder and 60 of the alarm at 1e-5.</summary>
            public static Options AsPublished() => Published(new Options());

            /// <summary>What DA3D's authors compare with: no labels, 500 and 500 epochs at 1e-4.</summary>
            public static Options AsComparedByDa3d() => Compared(new Options());
        }
    }
}

namespace Microsoft.ML
{
    public static partial class AdversarialCatalog
    {
        /// <summary>
        /// A3: an alarm learns to tell the activations that normal rows cause in an autoencoder from those of noise, and of known anomalies with
        /// <see cref="A3Options.UseKnownAnomalies"/> (Sperl et al. 2020, arXiv:2003.01801).
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on. Boolean, number, key or text.</param>
        /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="numberOfEpochs">Passes over the training rows; null derives them from their number.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static A3Trainer A3(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
            string? labelColumnName = null, double contamination = 0.05, int? numberOfEpochs = null, int? seed = null, string? normalLabel = null) =>
            A3(catalog, new A3Trainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                NumberOfEpochs = numberOfEpochs,
                Seed = seed,
            });

        /// <summary>A3 with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static A3Trainer A3(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, A3Trainer.Options options) => new(catalog, options);
    }
}
