namespace Adversarial.Detectors;

/// <summary>Sizes of ALAD's networks: as the options say, else derived from the number of features.</summary>
internal sealed record AladSizes(int Latent, int[] Encoder, int[] Generator, int Branch, int[] Joint, int[] Features, int[] Codes)
{
    // Larger batches quiet the game; tables of some thousand rows would have only few of them.
    private const int SmallBatch = 128;
    private const int LargeBatch = 512;

    // The maps of so many images are as much as a fit may keep.
    private const int LargeBatchOfImages = 256;
    private const int RowsOfLargeBatches = 20_000;

    private const int StepsOfSmallBatches = 8000;
    private const int StepsOfLargeBatches = 6000;
    private const int LeastSteps = 1700;
    private const float RateOfSmallBatches = 1e-4f;
    private const float LargestRate = 5e-4f;

    public static AladSizes Of(AladOptions options, int columns)
    {
        // Table XI and the authors' code: a code of 32 for 121 features, 64 for 274.
        int latent = options.LatentDimension ?? (options.ImageShape is { } shape ? StridedNetworks.CodeOf(shape) : Math.Clamp((int)Math.Round(columns / 4.0), 2, 64));
        int unit = Math.Clamp((int)Math.Round(columns / 3.8), 8, 64);
        return new AladSizes(latent,
            options.EncoderLayerSizes ?? [2 * unit],
            options.GeneratorLayerSizes ?? [2 * unit, 4 * unit],
            options.JointBranchSize ?? 4 * unit,
            options.JointDiscriminatorLayerSizes ?? [4 * unit],
            options.FeatureDiscriminatorLayerSizes ?? [4 * unit],
            options.LatentDiscriminatorLayerSizes ?? [unit]);
    }

    public static int Batch(int rows, bool areImages) => rows < RowsOfLargeBatches ? SmallBatch : areImages ? LargeBatchOfImages : LargeBatch;

    /// <summary>It grows with the root of the batch: 1e-4 for 128 rows, 2e-4 from 512 on.</summary>
    public static float LearningRate(int batchSize) => RateOfSmallBatches * MathF.Sqrt(Math.Min(batchSize, LargeBatch) / (float)SmallBatch);

    /// <summary>Steps and learning rate: 8000, or 6000 of large batches, or what the budget allows.</summary>
    public static (int Steps, float LearningRate) Schedule(int batchSize, double budget, double workOfStep)
    {
        int wanted = batchSize < LargeBatch ? StepsOfSmallBatches : StepsOfLargeBatches;
        int steps = WorkBudget.Steps(wanted, LeastSteps, budget, workOfStep);
        return (steps, WorkBudget.Rate(LearningRate(batchSize), wanted, steps, LargestRate));
    }

    public static int Epochs(int steps, int rows, int batchSize) => (int)Math.Max(1, Math.Round(steps / Math.Ceiling(rows / (double)batchSize)));
}
