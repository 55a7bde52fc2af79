using Adversarial.Detectors;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial
{
    /// <summary>
    /// Trains several detectors that score together, by how rare each finds a row among held-out normal rows (after Kriegel et al. 2011, doi:10.1137/1.9781611972818.2). Task: anomaly detection.
    /// Normalisation: features are scaled. Caching: not needed, each fit reads the data once.
    /// </summary>
    public sealed class CommitteeTrainer : AnomalyDetectorTrainer
    {
        internal CommitteeTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, Options options)
            : base(catalog, options, options)
        {
        }

        /// <summary>Where an ARN among the members leaves the one-hot groups open, those that the feature column tells; and the shape of its images.</summary>
        private protected override void Complete(DetectorOptions options, DataViewSchema.Column features, FeatureMatrix rows) =>
            CompleteMembers((CommitteeOptions)options, features, rows);

        /// <summary>The same for whoever trains a committee.</summary>
        internal static void CompleteMembers(CommitteeOptions committee, DataViewSchema.Column features, FeatureMatrix rows)
        {
            committee.Members = committee.Members is null ? null : Array.ConvertAll(committee.Members, member =>
            {
                DetectorOptions own = member.CopyOptions();
                ImageColumn.Complete(own, features);
                if (own is ArnOptions { Variant: ArnVariant.Gumbel, CategoricalGroups: null } arn)
                    arn.CategoricalGroups = SlotGroups.Find(features, rows);
                else if (own is not IImageOptions { ImageShape: not null })
                    return member;
                return new CommitteeMember(own);
            });
        }

        /// <summary>Options of the trainer.</summary>
        public sealed class Options : CommitteeOptions, IAnomalyDetectorColumns
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
        /// A committee: several detectors that score together, by how rare each finds a row among held-out normal rows. One estimator, one
        /// transformer, one model file.
        /// </summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on. Boolean, number, key or text.</param>
        /// <param name="contamination">Share of the training rows that the threshold flags, in [0, 0.5].</param>
        /// <param name="seed">Seed of all random numbers; null takes it from the context's seed.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <param name="methods">The members' methods, by the names in <see cref="DetectorRegistry"/>, such as "kNN" and "DA3D"; none takes the default ones.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no method of a name, or there is only one; the message tells the names.</exception>
        public static CommitteeTrainer Committee(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
            string? labelColumnName = null, double contamination = 0.05, int? seed = null, string? normalLabel = null, params string[] methods)
        {
            ArgumentNullException.ThrowIfNull(methods);
            return Committee(catalog, new CommitteeTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
                Contamination = contamination,
                Seed = seed,
                Members = methods.Length == 0 ? null : Array.ConvertAll(methods, method => new CommitteeMember(method)),
            });
        }

        /// <summary>A committee with all options.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The options; they are copied.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it, and the member where it is a member's.</exception>
        public static CommitteeTrainer Committee(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, CommitteeTrainer.Options options) => new(catalog, options);
    }
}
