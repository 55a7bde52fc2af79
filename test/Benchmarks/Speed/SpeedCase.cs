using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>A method at the sizes of its paper's networks: a training to be timed step by step, and the same networks' scoring.</summary>
/// <param name="Name">Shown in the tables.</param>
/// <param name="Method">The registered method.</param>
/// <param name="Phase">The phase whose steps are timed.</param>
/// <param name="Options">The networks and the batch.</param>
/// <param name="Columns">Features of a row.</param>
/// <param name="StepGoal">How many times faster than PyTorch a step is to be.</param>
/// <param name="ScoringGoal">The same for scoring; null where another case of the method shows it.</param>
/// <param name="ForwardWork">Multiply-adds of scoring a row.</param>
/// <param name="StepWork">Necessary multiply-adds of a step.</param>
internal sealed record SpeedCase(
    string Name, string Method, string Phase, Func<DetectorOptions> Options, int Columns, double StepGoal, double? ScoringGoal,
    long ForwardWork, long StepWork)
{
    private const int Kdd99Columns = 121;
    private const int NslColumns = 122;

    public static IReadOnlyList<SpeedCase> All { get; } =
    [
        Alad(50, goal: 4, scoringGoal: 1.5),
        AnoEan(180, goal: 4, scoringGoal: 1.5),
        Da3d(128, goal: 2, scoringGoal: null),
        Da3d(512, goal: 1.75, scoringGoal: 1.15),
        Arn(1024, goal: 2, scoringGoal: 1.5),
    ];

    private static SpeedCase Alad(int batch, double goal, double? scoringGoal)
    {
        long encoder = Work(Kdd99Columns, 64, 32), generator = Work(32, 64, 128, Kdd99Columns);
        long rows = Work(Kdd99Columns, 128), codes = Work(32, 128), top = Work(256, 128, 1), first = Work(2 * Kdd99Columns, 128), last = Work(128, 1);
        // Of the pairs (x, x) and (x, x') a first layer need see the single rows only: half of the work.
        long joint = rows + codes + top, latent = Work(64, 32, 1);
        // Discriminators: what feeds them, then forward, weights' gradients and inner layers' input gradients of six passes.
        long discriminators = 2 * (encoder + generator) + 2 * (2 * joint + top) + 2 * (first + 3 * last) + 2 * (Work(64, 32) + 3 * 32);
        // Players: E and G twice each, backwards too (but no input gradients of rows and drawn codes), and through the frozen discriminators.
        long players = 2 * 3 * (encoder + generator) - Work(Kdd99Columns, 64) - Work(32, 64)
            + 2 * joint + 2 * top + rows + codes
            + first + 2 * last + Work(Kdd99Columns, 128) + latent + 32 + Work(32, 32);
        return new($"ALAD, KDD99, batch {batch}", "ALAD", "adversarial training", () =>
        {
            var options = new AladOptions { LearningRate = 1e-5f, LearningRateDecay = 0, SpectralNormalization = false, BatchSize = batch };
            options.UseKdd99Networks();
            return options;
        }, Kdd99Columns, goal, scoringGoal, encoder + generator + first, batch * (discriminators + players));
    }

    private static SpeedCase AnoEan(int batch, double goal, double? scoringGoal)
    {
        long encoder = Work(Kdd99Columns, 128, 64, 32, 8), discriminator = Work(8, 32, 16, 1);
        long rows = (long)Math.Round(batch / 0.9);
        long step = rows * (3 * encoder - Work(Kdd99Columns, 128) + 2 * (3 * discriminator - Work(8, 32)) + 2 * discriminator);
        return new($"AnoEAN, batch {rows}", "AnoEAN", "adversarial training",
            () => new AnoEanOptions { BatchSize = batch, EnsembleSize = 1 }, Kdd99Columns, goal, scoringGoal,
            encoder + 64, step);
    }

    private static SpeedCase Da3d(int batch, double goal, double? scoringGoal)
    {
        long encoder = Work(NslColumns, 150, 100, 70, 40, 25, 10), decoder = Work(10, 25, 40, 70, 100, 150);
        long alarm = Work(385, 1000, 500, 200, 75, 1), generator = Work(8, 50, 40, 30, 20, 10), critic = Work(10, 40, 20, 10, 5, 1);
        long step = 2 * encoder + 3 * decoder + generator + 3 * (3 * alarm - Work(385, 1000))
            + 2 * (3 * generator - Work(8, 50)) + 2 * (alarm + decoder + critic)
            + generator + 3 * (3 * critic - Work(10, 40));
        return new($"DA3D, NSL-KDD, batch {batch}", "DA3D", "alarm", () => new Da3dOptions
        {
            BatchSize = batch,
            EncoderLayerSizes = [150, 100, 70, 40, 25],
            LatentDimension = 10,
            AlarmLayerSizes = [1000, 500, 200, 75],
            CodeLoss = Da3dCodeLoss.Wasserstein,
            InputScaling = InputScaling.MinMax,
            ReadResidual = false,
            ResidualWeight = 0,
            NeighborWeight = 0,
            SyntheticWeight = 1,
            PriorShare = 0,
            EnsembleSize = 1,
            NumberOfPretrainingEpochs = 0,
            LearningRate = 1e-4f,
            WeightAverageDecay = 0,
        }, NslColumns, goal, scoringGoal, encoder + decoder + alarm, batch * step);
    }

    private static SpeedCase Arn(int batch, double goal, double? scoringGoal)
    {
        long encoder = Work(NslColumns, 64, 32, 32, 32), decoder = Work(16, 32, 32, 64, NslColumns);
        long discriminator = Work(NslColumns, 128, 256, 512, 128, 64, 32, 16, 1);
        long step = encoder + decoder + 2 * (3 * discriminator - Work(NslColumns, 128))
            + 3 * (encoder + decoder) - Work(NslColumns, 64) + 2 * discriminator;
        return new($"ARN-N, batch {batch}", "ARN", "adversarial training", () => new ArnOptions
        {
            Variant = ArnVariant.Plain,
            Normalization = ArnNormalization.Batch,
            InputScaling = InputScaling.MinMax,
            NeighborWeight = 0,
            ResidualWeight = 0,
            BatchSize = batch,
            MirrorShare = 0,
            EnsembleSize = 1,
            WeightAverageDecay = 0,
            GeneratorLearningRate = 1e-4f,
        }, NslColumns, goal, scoringGoal, discriminator, batch * step);
    }

    private static long Work(params ReadOnlySpan<int> widths)
    {
        long work = 0;
        for (int i = 0; i + 1 < widths.Length; i++)
            work += (long)widths[i] * widths[i + 1];
        return work;
    }
}
