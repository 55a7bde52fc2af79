namespace Adversarial.Detectors;

/// <summary>Sizes of DAGMM's networks and length of its training: as the options say, else derived from the data.</summary>
internal sealed record DagmmSizes(int Latent, int[] Encoder, int[] Decoder, int[] Estimation, int Components)
{
    // The paper's two networks, by the width of the tables it has them for: Thyroid's 6 and KDD99's 120.
    private const int MostColumnsOfSmallNetwork = 60;
    private const int MostColumnsOfOneCode = 150;

    private const int WantedSteps = 20_000;
    private const int LeastSteps = 500;
    private const float PaperRate = 1e-4f;
    private const float LargestRate = 1e-3f;

    /// <summary>Relative distance and cosine stand beside the code.</summary>
    public const int ReconstructionFeatures = 2;

    public static DagmmSizes Of(DagmmOptions options, int columns)
    {
        bool small = columns <= MostColumnsOfSmallNetwork;
        int[] encoder = options.EncoderLayerSizes ?? (small ? [12, 4] : [60, 30, 10]);
        return new DagmmSizes(options.LatentDimension ?? (columns <= MostColumnsOfOneCode ? 1 : 2), encoder, [.. Enumerable.Reverse(encoder)],
            options.EstimationLayerSizes ?? [10], options.NumberOfComponents ?? (small ? 2 : 4));
    }

    /// <summary>Numbers of a point of the mixture.</summary>
    public int Dimension => Latent + ReconstructionFeatures;

    /// <summary>Numbers of a component of the mixture: logarithm of its factor, mean, inverse root of its covariance.</summary>
    public int ComponentWidth => 1 + Dimension + Dimension * Dimension;

    /// <summary>Steps and learning rate: 20,000 at the paper's, or fewer and longer ones where the budget allows no more.</summary>
    public static (int Steps, float LearningRate) Schedule(double budget, double workOfStep)
    {
        int steps = WorkBudget.Steps(WantedSteps, LeastSteps, budget, workOfStep);
        return (steps, WorkBudget.Rate(PaperRate, WantedSteps, steps, LargestRate));
    }
}
