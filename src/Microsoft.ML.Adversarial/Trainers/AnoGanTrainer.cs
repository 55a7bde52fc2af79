using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Trains AnoGAN (Schlegl et al. 2017, arXiv:1703.05921). Task: anomaly detection. Normalisation: not needed, features
    /// are standardised. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class AnoGanTrainer : AnomalyDetectorTrainer
    {
        internal AnoGanTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : AnoGanOptions, IAnomalyDetectorColumns
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

            /// <summary>What the code of EGBAD's authors does with AnoGAN on KDD99: its networks, 100 epochs in batches of 50 at 1e-5, 500 steps of search.</summary>
            public static Options AsPublished() => Published(new Options());

            /// <summary>What the code of EGBAD's authors does with AnoGAN on MNIST: its networks, 100 epochs in batches of 100 at 1e-5; for other shapes the same with as many halvings.</summary>
            /// <param name="shape">The shape of the images.</param>
            public static Options AsPublished(ImageShape shape) => Published(new Options(), shape);
        }
    }
}

namespace Microsoft.ML
{
    public static partial class AdversarialCatalog
    {
        /// <summary>
        /// AnoGAN: a GAN learns normal rows, and a row is scored by the closest one that a search of the generator finds (Schlegl et al. 2017,
        /// arXiv:1703.05921). Scoring is slow by nature.
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on. Boolean, number, key or text.</param>
        /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="numberOfEpochs">Passes over the training rows; null derives them from their number.</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        public static AnoGanTrainer AnoGan(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
            string? labelColumnName = null, double contamination = 0.05, int? numberOfEpochs = null, int? seed = null, string? normalLabel = null) =>
            AnoGan(catalog, new AnoGanTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                NumberOfEpochs = numberOfEpochs,
                Seed = seed,
            });

        /// <summary>AnoGAN with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        public static AnoGanTrainer AnoGan(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, AnoGanTrainer.Options options) => new(catalog, options);
    }
}
