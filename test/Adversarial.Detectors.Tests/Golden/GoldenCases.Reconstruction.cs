namespace Adversarial.Detectors.Tests;

/// <content>The options of methods that reconstruct or measure density, without a game of generator and discriminator for rows.</content>
internal static partial class GoldenCases
{
    private static DagmmOptions Dagmm(Action<DagmmOptions> change) => Changed(change, new DagmmOptions
    {
        LatentDimension = 1,
        EncoderLayerSizes = [6, 4],
        EstimationLayerSizes = [5],
        NumberOfComponents = 2,
        DropoutRate = 0.5f,
        EnergyWeight = 0.1f,
        SingularityWeight = 0.005f,
        Regularization = 1e-3f,
        NumberOfEpochs = 100,
        LearningRate = 0.01f,
    });

    private static A3Options A3(Action<A3Options> change) => Changed(change, new A3Options
    {
        UseKnownAnomalies = false,
        AnomalyShare = 0.1,
        ReadCode = true,
        ReconstructionLoss = ReconstructionLoss.SquaredError,
        NoiseMean = 0.5f,
        NoiseDeviation = 1,
        NoiseWeight = 1,
        LatentDimension = 3,
        EncoderLayerSizes = [7, 5],
        AlarmLayerSizes = [8, 6],
        DropoutRate = 0.2f,
        DropEveryLayer = false,
        NumberOfPretrainingEpochs = 100,
        NumberOfEpochs = 100,
        PretrainingLearningRate = 0.01f,
        LearningRate = 0.005f,
    });

    private static DsebmOptions Dsebm(DsebmOptions options, params int[] sizes)
    {
        (options.LayerSizes, options.NoiseDeviation, options.NumberOfEpochs, options.LearningRate) = (sizes, 0.3f, 100, 0.01f);
        return options;
    }

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
}
