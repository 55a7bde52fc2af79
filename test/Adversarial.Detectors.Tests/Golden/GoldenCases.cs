namespace Adversarial.Detectors.Tests;

/// <summary>All golden cases. Each sets every option that matters, so that new defaults leave the files as they are.</summary>
internal static class GoldenCases
{
    // Mean and covariance of codes are kept in single precision.
    private const double RoundedCodes = 1e-6;

    // The factors of running statistics are single precision numbers.
    private const double RoundedStatistics = 1e-5;

    // The critic's last bias, in a difference of two means, has no gradient but rounding errors, which Adam makes long steps of.
    private const double FreeOutput = 1e-7;

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
        new("repen", Repen(_ => { })) { ScoreTolerance = RoundedStatistics },
        new("repen-margin", Repen(options => options.Margin = 0.2f)) { ScoreTolerance = RoundedStatistics },
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

    private static AnoEanOptions AnoEan(AnoEanEncoderLoss loss, int discriminatorSteps) => new()
    {
        EncoderLoss = loss,
        LatentDimension = 3,
        EncoderLayerSizes = [7, 5],
        DiscriminatorLayerSizes = [6, 4],
        LeakyReluSlope = 0.2f,
        AnomalyShare = 0.25,
        NumberOfDiscriminatorSteps = discriminatorSteps,
        ValidationShare = 0.3,
        NumberOfEpochs = 100,
        Patience = 15,
        LearningRate = 0.01f,
        Beta1 = 0.5f,
    };

    private static AladOptions Alad(Action<AladOptions> change) => Changed(change, new AladOptions
    {
        Score = AladScore.Features,
        UseLatentDiscriminator = true,
        SpectralNormalization = false,
        LatentDimension = 3,
        EncoderLayerSizes = [6],
        GeneratorLayerSizes = [5, 7],
        JointBranchSize = 5,
        JointDiscriminatorLayerSizes = [6],
        FeatureDiscriminatorLayerSizes = [8],
        LatentDiscriminatorLayerSizes = [6],
        JointDropoutRate = 0.5f,
        PairDropoutRate = 0.2f,
        LeakyReluSlope = 0.2f,
        NumberOfEpochs = 100,
        LearningRate = 0.01f,
        LearningRateDecay = 0,
        Beta1 = 0.5f,
        WeightAverageDecay = 0.999f,
    });

    private static Da3dOptions Da3d(Action<Da3dOptions> change) => Changed(change, new Da3dOptions
    {
        AnomalyGenerator = Da3dGenerator.Advanced,
        ActivationSource = Da3dActivationSource.Decoder,
        ReadResidual = false,
        ResidualWeight = 0,
        NeighborWeight = 0,
        ReconstructionLoss = ReconstructionLoss.CrossEntropy,
        PretrainingDropoutRate = 0.1f,
        CodeLoss = Da3dCodeLoss.CrossEntropy,
        CriticOutput = Da3dCriticOutput.Sigmoid,
        Clipping = Da3dClipping.GradientNorm,
        ClippingBound = 0.05f,
        Sigma = 2,
        PriorShare = 0.5f,
        SyntheticWeight = 1.5f,
        LambdaNormal = 2,
        LambdaGenerated = 1.5f,
        TrivialMean = 0.5f,
        TrivialDeviation = 1,
        LatentDimension = 2,
        EncoderLayerSizes = [6, 4],
        AlarmLayerSizes = [8, 5],
        CriticLayerSizes = [5, 4],
        GeneratorLayerSizes = [6, 5],
        GeneratorNoiseDimension = 3,
        DropoutRate = 0.1f,
        LeakyReluSlope = 0.01f,
        NumberOfPretrainingEpochs = 100,
        NumberOfEpochs = 100,
        PretrainingLearningRate = 0.01f,
        LearningRate = 0.005f,
        WeightAverageDecay = 0.998f,
    });

    private static AutoencoderOptions Autoencoder(Action<AutoencoderOptions> change) => Changed(change, new AutoencoderOptions
    {
        ReconstructionLoss = ReconstructionLoss.SquaredError,
        LatentDimension = 2,
        EncoderLayerSizes = [7, 5],
        LeakyReluSlope = 0.1f,
        NoiseDeviation = 0.2f,
        NumberOfEpochs = 100,
        LearningRate = 0.01f,
        FinalLearningRateShare = 0.1f,
    });

    private static VaeOptions Vae(Action<VaeOptions> change) => Changed(change, new VaeOptions
    {
        Variance = VaeVariance.Feature,
        NumberOfSamples = 0,
        Beta = 1,
        WarmUpShare = 0.3,
        LatentDimension = 2,
        EncoderLayerSizes = [7, 5],
        LeakyReluSlope = 0.1f,
        NumberOfEpochs = 100,
        LearningRate = 0.01f,
        FinalLearningRateShare = 0.1f,
    });

    private static AdversarialAutoencoderOptions AdversarialAutoencoder(Action<AdversarialAutoencoderOptions> change) => Changed(change, new AdversarialAutoencoderOptions
    {
        Game = AdversarialAutoencoderGame.CrossEntropy,
        ClippingBound = 0.05f,
        ReconstructionLoss = ReconstructionLoss.SquaredError,
        LatentDimension = 2,
        EncoderLayerSizes = [6, 4],
        CriticLayerSizes = [5, 4],
        DropoutRate = 0.1f,
        LeakyReluSlope = 0.1f,
        NumberOfEpochs = 100,
        LearningRate = 0.01f,
        FinalLearningRateShare = 0.1f,
    });

    private static DeepSvddOptions DeepSvdd(Action<DeepSvddOptions> change) => Changed(change, new DeepSvddOptions
    {
        Objective = DeepSvddObjective.OneClass,
        Nu = 0.3,
        WarmUpShare = 0.25,
        LatentDimension = 2,
        EncoderLayerSizes = [7, 5],
        LeakyReluSlope = 0.1f,
        NumberOfPretrainingEpochs = 100,
        NumberOfEpochs = 100,
        PretrainingLearningRate = 0.01f,
        LearningRate = 0.005f,
        WeightDecay = 0.01f,
    });

    private static RepenOptions Repen(Action<RepenOptions> change) => Changed(change, new RepenOptions
    {
        LatentDimension = 4,
        NumberOfSamples = 3,
        SampleSize = 2,
        Margin = 1000,
        NumberOfEpochs = 100,
        LearningRate = 1,
        Rho = 0.9f,
    });

    private static GoldenCase Arn(string name, Action<ArnOptions> change, double score = 1e-9) =>
        new(name, Changed(change, ArnOptions()), columns: 8, _groups) { ScoreTolerance = score };

    private static ArnOptions ArnOptions() => new()
    {
        Variant = ArnVariant.Gumbel,
        CategoricalGroups = _groups,
        Game = ArnGame.Adversarial,
        Divergence = ArnDivergence.KullbackLeibler,
        AnnealDivergence = true,
        AnnealingRate = 0.95,
        LeastTemperature = 0.7f,
        LabelNoise = 0.3f,
        AdversarialWeight = 0.1f,
        MirrorShare = 0,
        NeighborWeight = 0,
        ResidualWeight = 0,
        NumberOfGenerationSteps = 0,
        Normalization = ArnNormalization.Layer,
        Selection = ArnSelection.LastEpoch,
        LatentDimension = 3,
        EncoderLayerSizes = [7, 5],
        DiscriminatorLayerSizes = [8, 7, 6, 5],
        DropoutRate = 0.2f,
        InitialDeviation = null,
        ValidationShare = 0.1,
        NumberOfEpochs = 100,
        DiscriminatorLearningRate = 0.005f,
        GeneratorLearningRate = 0.01f,
        WeightAverageDecay = 0.998f,
    };

    private static TOptions Changed<TOptions>(Action<TOptions> change, TOptions options)
    {
        change(options);
        return options;
    }
}
