using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>What single methods take from the data, or can do with it, besides fitting and scoring rows.</summary>
internal static class MethodData
{
    /// <summary>Sets the options that describe the data.</summary>
    public static void Give(DetectorOptions options, Trial trial)
    {
        if (options is ArnOptions arn)
            arn.CategoricalGroups = [.. trial.Groups.Where(group => group.Length > 1)];
        if (options is IImageOptions images)
            images.ImageShape = trial.Shape;
    }

    /// <summary>Scores with the statistics of each batch of the rows in their order.</summary>
    /// <exception cref="NotSupportedException">The method has no such scores.</exception>
    public static float[] ScoreByBatches(Detector detector, FeatureMatrix rows, int batchRows) =>
        detector is ArnDetector arn
            ? arn.ScoreWithBatchStatistics(rows, batchRows)
            : throw new NotSupportedException($"{detector.Descriptor.Name} has no scores by batches of {batchRows} of {rows.Rows} rows.");
}
