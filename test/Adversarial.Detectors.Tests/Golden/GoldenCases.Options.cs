namespace Adversarial.Detectors.Tests;

/// <content>The options of the cases.</content>
internal static partial class GoldenCases
{
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

    private static AnoGanOptions AnoGan(Action<AnoGanOptions> change) => Changed(change, new AnoGanOptions
    {
        FeatureWeight = 0.1f,
        NumberOfSearchSteps = 10,
        SearchLearningRate = 0.01f,
        NumberOfStartPoints = 1,
        LatentDimension = 2,
        GeneratorLayerSizes = [4, 5],
        DiscriminatorLayerSizes = [6, 5],
        LeakyReluSlope = 0.2f,
        DropoutRate = 0.2f,
        NumberOfEpochs = 100,
        LearningRate = 0.01f,
        Beta1 = 0.5f,
        WeightAverageDecay = 0.9f,
    });

    private static FAnoGanOptions FAnoGan(Action<FAnoGanOptions> change) => Changed(change, new FAnoGanOptions
    {
        FeatureWeight = 1,
        LatentDimension = 2,
        GeneratorLayerSizes = [4, 5],
        CriticLayerSizes = [6, 5],
        EncoderLayerSizes = [5],
        LeakyReluSlope = 0.2f,
        GradientPenalty = 10,
        CriticSteps = 2,
        NumberOfEpochs = 100,
        NumberOfEncoderEpochs = 100,
        LearningRate = 0.005f,
        EncoderLearningRate = 0.01f,
    });

    private static EgbadOptions Egbad(Action<EgbadOptions> change) => Changed(change, new EgbadOptions
    {
        FeatureWeight = 0.1f,
        LatentDimension = 2,
        EncoderLayerSizes = [5],
        GeneratorLayerSizes = [4, 5],
        BranchSize = 4,
        DiscriminatorLayerSizes = [6],
        LeakyReluSlope = 0.1f,
        DropoutRate = 0.2f,
        NumberOfEpochs = 100,
        LearningRate = 0.01f,
        Beta1 = 0.5f,
        WeightAverageDecay = 0.9f,
    });

    private static GanomalyOptions Ganomaly(Action<GanomalyOptions> change) => Changed(change, new GanomalyOptions
    {
        Score = GanomalyScore.Residual,
        AdversarialWeight = 1,
        ReconstructionWeight = 50,
        CodeWeight = 1,
        LatentDimension = 2,
        EncoderLayerSizes = [5, 4],
        LeakyReluSlope = 0.2f,
        NumberOfEpochs = 100,
        LearningRate = 0.0002f,
        Beta1 = 0.5f,
    });

    private static FenceGanOptions FenceGan(Action<FenceGanOptions> change) => Changed(change, new FenceGanOptions
    {
        BoundaryLevel = 0.5f,
        DispersionWeight = 2.5f,
        GeneratedWeight = 0.1f,
        LatentDimension = 2,
        GeneratorLayerSizes = [4, 5],
        DiscriminatorLayerSizes = [6, 5],
        LeakyReluSlope = 0.1f,
        DropoutRate = 0.2f,
        NumberOfEpochs = 100,
        LearningRate = 0.01f,
        DiscriminatorLearningRate = 0.005f,
        Beta1 = 0.5f,
        WeightAverageDecay = 0.9f,
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

    private static TOptions Changed<TOptions>(Action<TOptions> change, TOptions options)
    {
        change(options);
        return options;
    }
}
