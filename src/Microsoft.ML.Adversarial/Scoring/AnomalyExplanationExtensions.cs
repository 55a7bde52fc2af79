using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Columns that explain scores, for a whole fitted pipeline: what <see cref="AnomalyDetectorTransformer"/> has for the detector alone.</summary>
public static class AnomalyExplanationExtensions
{
    /// <summary>The pipeline with <see cref="AnomalyDetectorTransformer.WithContributions"/> of its detector.</summary>
    /// <param name="model">A pipeline that ends with a detector.</param>
    /// <param name="columnName">The column's name; null takes it away.</param>
    /// <exception cref="ArgumentException">The name is empty, or that of another column that scoring makes or reads.</exception>
    public static TransformerChain<AnomalyDetectorTransformer> WithContributions(this TransformerChain<AnomalyDetectorTransformer> model, string? columnName = "FeatureContributions") =>
        Change(model, detector => detector.WithContributions(columnName));

    /// <summary>The pipeline with <see cref="AnomalyDetectorTransformer.WithTopFeatures"/> of its detector.</summary>
    /// <param name="model">A pipeline that ends with a detector.</param>
    /// <param name="columnName">The column's name; null takes it away.</param>
    /// <param name="count">The most features that are named, at least 1.</param>
    /// <exception cref="ArgumentException">The name is empty, or that of another column that scoring makes or reads.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static TransformerChain<AnomalyDetectorTransformer> WithTopFeatures(this TransformerChain<AnomalyDetectorTransformer> model, string? columnName = "TopFeatures", int count = 3) =>
        Change(model, detector => detector.WithTopFeatures(columnName, count));

    private static TransformerChain<AnomalyDetectorTransformer> Change(TransformerChain<AnomalyDetectorTransformer> model, Func<AnomalyDetectorTransformer, AnomalyDetectorTransformer> change)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new TransformerChain<AnomalyDetectorTransformer>([.. model.SkipLast(1), change(model.LastTransformer)]);
    }
}
