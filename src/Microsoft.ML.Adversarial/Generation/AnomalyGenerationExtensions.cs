using Microsoft.ML.Adversarial;

namespace Microsoft.ML;

/// <summary>Rows that stand for anomalies, from a whole fitted pipeline.</summary>
public static class AnomalyGenerationExtensions
{
    /// <summary>
    /// Rows that the detector's generator takes for hard anomalies, in the columns of the pipeline's input as far as its transformers can be
    /// undone: affine normalisation (<c>NormalizeMinMax</c>, <c>NormalizeMeanVariance</c> and the like), <c>Concatenate</c>, one-hot encoding
    /// as indicator or bag, <c>MapValueToKey</c>, <c>MapKeyToVector</c>, <c>ConvertType</c>, <c>CopyColumns</c> and
    /// <c>ReplaceMissingValues</c>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A column whose transformer cannot be undone stays in the space that was reached, under its name there. Columns that the features are
    /// not made of, such as a label, are left out.
    /// </para>
    /// <para>
    /// Numbers lie in the range of the training rows, and whole types are rounded; a column that was constant in training is that constant,
    /// except where a normaliser forgot it: <c>NormalizeMinMax</c> and <c>NormalizeMeanVariance</c> map a constant to 0 and keep no trace of
    /// it, so it comes back as 0. A one-hot group becomes the category with the largest value among those that training rows had.
    /// </para>
    /// </remarks>
    /// <param name="model">A fitted or loaded pipeline with one of this library's detectors in it, or such a detector alone.</param>
    /// <param name="inputSchema">Schema of the pipeline's input: of the training data, or as <c>Model.Load</c> gives it.</param>
    /// <param name="count">Number of rows, at least 1. They are kept in memory.</param>
    /// <param name="seed">Equal seeds give equal rows, also after saving and loading; null draws one from the model's context.</param>
    /// <param name="minimumScore">
    /// The least score of a row that is given, such as the detector's threshold; null gives rows of any score. What undoing the pipeline rounds,
    /// such as whole types, may move a score a little.
    /// </param>
    /// <returns>Rows in memory, with the annotations of the columns that were reached, slot names among them.</returns>
    /// <exception cref="ArgumentException">There is no detector of this library in the pipeline.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1, or the schema lacks a column that the pipeline reads.</exception>
    /// <exception cref="NotSupportedException">The detector's method does not generate rows; ARN and DA3D do.</exception>
    /// <exception cref="InvalidOperationException">Among very many drawn rows too few score that high.</exception>
    public static IDataView GenerateAnomalies(this ITransformer model, DataViewSchema inputSchema, int count, int? seed = null, float? minimumScore = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputSchema);
        List<ITransformer> transformers = [.. PipelineStage.Flatten(model)];
        int place = transformers.FindLastIndex(transformer => transformer is AnomalyDetectorTransformer);
        if (place < 0)
            throw new ArgumentException("The model holds no detector of this library: fit a pipeline that ends with Trainers.Arn or Trainers.Da3d.", nameof(model));
        var detector = (AnomalyDetectorTransformer)transformers[place];
        PipelineStage[] stages = PipelineStage.Follow(transformers[..place], inputSchema);
        DataViewSchema schema = stages.Length == 0 ? inputSchema : stages[^1].Output;
        DataViewSchema.Column features = SchemaErrors.CheckFeatures(schema, detector.FeatureColumnName, detector.Model.Columns);
        return PipelineInverse.Restore(stages, new SpaceColumn(features, detector.Generate(count, seed, minimumScore)), inputSchema);
    }
}
