using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML.Adversarial
{
    /// <summary>Trains a detector of any method: what programs use that choose the method while they run.</summary>
    public sealed class DetectorTrainer : AnomalyDetectorTrainer
    {
        internal DetectorTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, DetectorOptions options, IAnomalyDetectorColumns columns)
            : base(catalog, options, columns)
        {
        }

        /// <summary>What the methods' own trainers read from the feature column.</summary>
        private protected override void Complete(DetectorOptions options, DataViewSchema.Column features, FeatureMatrix rows)
        {
            if (options is ArnOptions arn)
                ArnTrainer.CompleteGroups(arn, features, rows);
            else if (options is CommitteeOptions committee)
                CommitteeTrainer.CompleteMembers(committee, features, rows);
        }

        internal sealed class Columns : IAnomalyDetectorColumns
        {
            public MissingValueHandling MissingValueHandling { get; set; } = MissingValueHandling.Anomaly;

            public string FeatureColumnName { get; set; } = "Features";

            public string? LabelColumnName { get; set; }

            public string? NormalLabel { get; set; }

            public string? FalseAlarmRateColumnName { get; set; }
        }
    }
}

namespace Microsoft.ML
{
    public static partial class AdversarialCatalog
    {
        /// <summary>A detector of any method, by its options: <c>new VaeOptions()</c>, or <c>DetectorRegistry.Get("VAE").CreateOptions()</c>.</summary>
        /// <param name="catalog">The trainers' catalog.</param>
        /// <param name="options">The method's options; they are copied.</param>
        /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
        /// <param name="labelColumnName">If given, only rows labelled normal are trained on, or known anomalies too by a method that learns from them.</param>
        /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
        /// <returns>The estimator. It adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous).</returns>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
        /// <exception cref="ArgumentException">The options name columns themselves: they are those of a method's own trainer.</exception>
        public static DetectorTrainer Detector(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, DetectorOptions options,
            string featureColumnName = "Features", string? labelColumnName = null, string? normalLabel = null)
        {
            if (options is IAnomalyDetectorColumns)
                throw new ArgumentException($"{options.GetType().DeclaringType?.Name}.Options name columns themselves: give them to their own trainer, or the method's plain options here.", nameof(options));
            return new(catalog, options, new DetectorTrainer.Columns
            {
                FeatureColumnName = featureColumnName,
                LabelColumnName = labelColumnName,
                NormalLabel = normalLabel,
            });
        }
    }
}
