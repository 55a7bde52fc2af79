using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Trains a variational autoencoder that scores by reconstruction probability (An and Cho 2015). Task: anomaly detection. Normalisation: not
    /// needed, features are standardised. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class VaeTrainer : AnomalyDetectorTrainer
    {
        internal VaeTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : VaeOptions, IAnomalyDetectorColumns
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

            /// <summary>What An and Cho describe, as far as they do: a hidden layer of 400, a code of 200, variances of rows, scores by draws of the code.</summary>
            public static Options AsPublished() => Published(new Options());
        }
    }
}

namespace Microsoft.ML
{
    public static partial class AdversarialCatalog
    {
        /// <summary>
        /// Variational autoencoder: learns normal laws of codes and rows and scores by minus the log-likelihood of a row under the law that its
        /// own code decodes to (An and Cho 2015; Kingma and Welling, arXiv:1312.6114).
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on. Boolean, number, key or text.</param>
        /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="numberOfEpochs">Passes over the training rows; null derives them from their number.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static VaeTrainer Vae(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
            string? labelColumnName = null, double contamination = 0.05, int? numberOfEpochs = null, int? seed = null, string? normalLabel = null) =>
            Vae(catalog, new VaeTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                NumberOfEpochs = numberOfEpochs,
                Seed = seed,
            });

        /// <summary>Variational autoencoder with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static VaeTrainer Vae(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, VaeTrainer.Options options) => new(catalog, options);
    }
}
