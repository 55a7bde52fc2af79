namespace Adversarial.Detectors.Tests;

/// <summary>All golden cases. Each sets every option that matters, so that new defaults leave the files as they are.</summary>
internal static partial class GoldenCases
{
    // Mean and covariance of codes are kept in single precision.
    private const double RoundedCodes = 1e-6;

    // The factors of running statistics are single precision numbers.
    private const double RoundedStatistics = 1e-5;

    // The critic's last bias, in a difference of two means, has no gradient but rounding errors, which Adam makes long steps of.
    private const double FreeOutput = 1e-7;

    // What batch statistics add to the variance is a single precision number.
    private const double RoundedEpsilon = 1e-8;

    // Absolute errors have slopes of -1 and 1: where single precision flips one, Adam makes a whole step of it.
    private const double FlippedSigns = 5e-3;

    // Norms of rows and their slopes pass through single precision.
    private const double RoundedNorms = 1e-5;

    // So do the codes that are searched, ten steps long. On images one that ends a step early, or with its last score, is 4e-5 off or more.
    private const double RoundedSearch = 1e-6;

    // The factor that bounds the norm of gradients is a single precision number.
    private const double RoundedNorm = 1e-8;

    // The centre is computed from codes by rounded running statistics, the learning rate and its tenth are single precision numbers.
    private const double RoundedFactors = 1e-6;

    // Factors and summands of the likelihood are single precision numbers.
    private const double RoundedConstants = 1e-6;

    // The last digits of draws depend on the instruction set.
    private const double RoundedDraws = 1e-5;

    private static readonly ColumnRange[] _groups = [new(2, 3), new(5, 2)];

    public static IReadOnlyList<GoldenCase> All { get; } =
    [
        new("anoean", AnoEan(AnoEanEncoderLoss.NonSaturating, discriminatorSteps: 1)) { ScoreTolerance = RoundedCodes },
        new("anoean-minimax", AnoEan(AnoEanEncoderLoss.Minimax, discriminatorSteps: 2)) { ScoreTolerance = RoundedCodes },
        new("alad", Alad(_ => { })),
        new("alad-no-latent", Alad(options => (options.UseLatentDiscriminator, options.Score) = (false, AladScore.Euclidean))),
        new("alad-decay", Alad(options => (options.LearningRateDecay, options.Score, options.WeightAverageDecay) = (0.5, AladScore.Absolute, 0))),
        new("alad-spectral", Alad(options => (options.SpectralNormalization, options.Score) = (true, AladScore.Logits))),
        new("da3d", Da3d(_ => { })),
        new("da3d-published", Da3d(options =>
            (options.CodeLoss, options.PriorShare, options.SyntheticWeight, options.WeightAverageDecay) = (Da3dCodeLoss.Wasserstein, 0, 1, 0))),
        new("da3d-weight-clipping", Da3d(options =>
            (options.CodeLoss, options.CriticOutput, options.Clipping) = (Da3dCodeLoss.Wasserstein, Da3dCriticOutput.Linear, Da3dClipping.Weights)))
        {
            Tolerance = FreeOutput,
        },
        new("da3d-simple", Da3d(options =>
            (options.AnomalyGenerator, options.ActivationSource) = (Da3dGenerator.Simple, Da3dActivationSource.Both))),
        new("da3d-trivial", Da3d(options => options.AnomalyGenerator = Da3dGenerator.Trivial)),
        new("da3d-encoder", Da3d(options => (options.ActivationSource, options.Clipping) = (Da3dActivationSource.Encoder, Da3dClipping.None))),
        new("da3d-residual", Da3d(options => (options.ReadResidual, options.ReconstructionLoss, options.PretrainingDropoutRate) =
            (true, ReconstructionLoss.SquaredError, 0))),
        new("autoencoder", Autoencoder(_ => { })),
        new("autoencoder-cross-entropy", Autoencoder(options => (options.ReconstructionLoss, options.NoiseDeviation, options.FinalLearningRateShare) =
            (ReconstructionLoss.CrossEntropy, 0, 1))),
        new("anogan", AnoGan(_ => { })) { ScoreTolerance = RoundedSearch },
        new("anogan-cross-entropy", AnoGan(options => (options.Score, options.WeightAverageDecay) = (AnoGanScore.CrossEntropy, 0))) { ScoreTolerance = RoundedSearch },
        new("anogan-images", AnoGan(options => (options.ImageShape, options.ConvolutionChannels) = (new ImageShape(9, 8, 2), [4, 3])), columns: 144) { ScoreTolerance = RoundedSearch },
        new("f-anogan", FAnoGan(_ => { })) { Tolerance = RoundedNorms, ScoreTolerance = RoundedNorms },
        new("f-anogan-residual", FAnoGan(options => (options.FeatureWeight, options.GradientPenalty) = (0, 0))),
        new("egbad", Egbad(_ => { })),
        new("egbad-cross-entropy", Egbad(options => (options.Score, options.WeightAverageDecay) = (EgbadScore.CrossEntropy, 0))) { ScoreTolerance = RoundedCodes },
        new("egbad-images", Egbad(options => (options.ImageShape, options.ConvolutionChannels, options.DropoutRate) = (new ImageShape(9, 8, 2), [4, 3], 0.5f)), columns: 144)
        {
            Tolerance = RoundedEpsilon,
            ScoreTolerance = RoundedStatistics,
        },
        new("f-anogan-images", FAnoGan(options => (options.ImageShape, options.ConvolutionChannels) = (new ImageShape(9, 8, 2), [4, 3])), columns: 144)
        {
            Tolerance = RoundedNorms,
            ScoreTolerance = RoundedNorms,
        },
        new("ganomaly", Ganomaly(_ => { })) { Tolerance = RoundedEpsilon, ScoreTolerance = RoundedStatistics, FloatScoreTolerance = FlippedSigns },
        new("ganomaly-codes", Ganomaly(options => options.Score = GanomalyScore.Codes)) { Tolerance = RoundedEpsilon, ScoreTolerance = RoundedStatistics, FloatScoreTolerance = FlippedSigns },
        new("fence-gan", FenceGan(_ => { })) { Tolerance = RoundedNorms, ScoreTolerance = RoundedNorms },
        new("fence-gan-no-dispersion", FenceGan(options => (options.DispersionWeight, options.WeightAverageDecay) = (0, 0))),
        new("dagmm", Dagmm(_ => { })) { Calibrates = true, ScoreTolerance = RoundedCodes },
        new("dagmm-wide-code", Dagmm(options => (options.LatentDimension, options.NumberOfComponents, options.DropoutRate) = (2, 3, 0)))
        {
            Calibrates = true,
            ScoreTolerance = RoundedCodes,
        },
        new("dsebm-e", Dsebm(new DsebmEnergyOptions(), 6, 8)),
        new("dsebm-r", Dsebm(new DsebmReconstructionOptions(), 7, 5, 4)),
        new("a3", A3(_ => { })),
        new("a3-known", A3(options => (options.UseKnownAnomalies, options.AnomalyShare, options.NoiseWeight) = (true, 0.25, 0.7f))),
        new("a3-compared", A3(options => (options.ReadCode, options.DropEveryLayer, options.ReconstructionLoss) =
            (false, true, ReconstructionLoss.CrossEntropy))),
        new("vae", Vae(_ => { })) { Tolerance = RoundedConstants, ScoreTolerance = RoundedConstants },
        new("vae-rows-draws", Vae(options => (options.Variance, options.NumberOfSamples, options.WarmUpShare, options.Beta) = (VaeVariance.Row, 3, 0, 0.5f)))
        {
            Tolerance = RoundedConstants,
            ScoreTolerance = RoundedDraws,
        },
        new("adversarial-autoencoder", AdversarialAutoencoder(_ => { })),
        new("adversarial-autoencoder-wasserstein", AdversarialAutoencoder(options => options.Game = AdversarialAutoencoderGame.Wasserstein)) { Tolerance = FreeOutput },
        new("adversarial-autoencoder-bounded", AdversarialAutoencoder(options => (options.Game, options.ReconstructionLoss, options.FinalLearningRateShare) =
            (AdversarialAutoencoderGame.BoundedWasserstein, ReconstructionLoss.CrossEntropy, 1)))
        {
            Tolerance = RoundedNorm,
        },
        new("deep-svdd", DeepSvdd(_ => { })) { Tolerance = RoundedFactors, ScoreTolerance = RoundedStatistics },
        new("deep-svdd-soft", DeepSvdd(options => (options.Objective, options.NumberOfPretrainingEpochs) = (DeepSvddObjective.SoftBoundary, 0)))
        {
            Tolerance = RoundedFactors,
            ScoreTolerance = RoundedStatistics,
        },
        new("deep-svdd-images", DeepSvdd(options => (options.ImageShape, options.EncoderLayerSizes) = (new ImageShape(9, 8, 2), [3])), columns: 144)
        {
            Tolerance = RoundedFactors,
            ScoreTolerance = RoundedStatistics,
        },
        new("repen", Repen(_ => { })) { Calibrates = true, ScoreTolerance = RoundedStatistics },
        new("repen-margin", Repen(options => options.Margin = 0.2f)) { Calibrates = true, ScoreTolerance = RoundedStatistics },
        Arn("arn-gumbel", _ => { }),
        Arn("arn-gumbel-no-divergence", options =>
            (options.Divergence, options.Normalization, options.AnnealingRate) = (ArnDivergence.None, ArnNormalization.None, 0.9)),
        Arn("arn-plain", options => (options.Variant, options.WeightAverageDecay) = (ArnVariant.Plain, 0)),
        Arn("arn-plain-batch", options => (options.Variant, options.Normalization) = (ArnVariant.Plain, ArnNormalization.Batch),
            RoundedStatistics),
        Arn("arn-gumbel-joint-batch", options =>
            (options.Normalization, options.Divergence) = (ArnNormalization.JointBatch, ArnDivergence.AsPublished),
            RoundedStatistics),
        Arn("arn-mirrored", options => options.MirrorShare = 0.5f),
        Arn("arn-plain-fixed", options =>
            (options.Variant, options.AnnealDivergence, options.InitialDeviation) = (ArnVariant.Plain, false, 0.3f)),
        Arn("arn-cooperative", options => options.Game = ArnGame.Cooperative),
    ];

    public static GoldenCase Get(string name) => All.Single(golden => golden.Name == name);
}
