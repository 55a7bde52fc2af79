namespace Adversarial.Detectors;

/// <summary>Sizes of DA3D's networks and lengths of its phases: as the options say, else derived from the data.</summary>
internal sealed record Da3dSizes(int Latent, int[] Encoder, int[] Decoder, int[] Alarm, int[] Critic, int[] Generator, int Activations)
{
    private const int LeastEpochs = 1;
    private const int MostEpochs = 500;
    private const int LargestAlarm = 160;
    private const int LeastPretrainingSteps = 500;
    private const int StepsOfAlarm = 500;
    private const int LeastStepsOfAlarm = 200;

    // The autoencoder's part of the work where not all wanted steps can be had.
    private const double PretrainingShare = 0.4;

    private const float PaperRate = 1e-4f;
    private const float LargestRate = 1e-3f;

    public static Da3dSizes Of(Da3dOptions options, int columns)
    {
        // Table 1 of the paper has 2 for 6 features, 5 for 29, 10 for 122, 15 for 500: too narrow on most tables, where half of the features is better.
        if (options.ImageShape is { } shape)
            return OfImages(options, shape);
        int latent = options.LatentDimension ?? LayerWidths.CodeOf(columns);
        int[] encoder = options.EncoderLayerSizes ?? LayerWidths.FunnelOf(columns, latent);
        int[] decoder = [.. Enumerable.Reverse(encoder)];
        int activations = encoder.Sum() * (options.ActivationSource == Da3dActivationSource.Both ? 2 : 1) + (options.ReadResidual ? columns : 0);
        return new Da3dSizes(latent, encoder, decoder, options.AlarmLayerSizes ?? AlarmOf(activations),
            options.CriticLayerSizes ?? [40, 20, 10, 5], options.GeneratorLayerSizes ?? [50, 40, 30, 20], activations);
    }

    // The paper's code for MNIST: 32, 16, 8 channels and a code of 16. What the alarm reads is known when the networks are there.
    private static Da3dSizes OfImages(Da3dOptions options, ImageShape shape)
    {
        int[] channels = options.EncoderLayerSizes ?? [.. StridedNetworks.Of(shape, null)!.Channels.Select((_, i) => Math.Max(32 >> i, 8))];
        return new Da3dSizes(options.LatentDimension ?? 16, channels, [], [], options.CriticLayerSizes ?? [40, 20, 10, 5], options.GeneratorLayerSizes ?? [50, 40, 30, 20], 0);
    }

    /// <summary>The sizes for an alarm that reads so many numbers.</summary>
    public Da3dSizes Reading(int activations, Da3dOptions options) =>
        this with { Activations = activations, Alarm = options.AlarmLayerSizes ?? AlarmOf(activations) };

    /// <summary>The code of models of format 1 and 2 whose options leave it open.</summary>
    public static int LatentBeforeVersion3(int columns) => Math.Clamp((int)Math.Round(0.9 * Math.Sqrt(columns)), 1, 16);

    // Section 4.1: 1000, 500, 200, 75 on 385 activations, here a sixth of it; 100, 50, 25, 10 on 39.
    private static int[] AlarmOf(int activations)
    {
        int first = Math.Clamp((int)Math.Round(2.6 * activations), 16, LargestAlarm);
        return [first, first / 2, Math.Max(8, first / 5), Math.Max(8, first / 13)];
    }

    /// <summary>Adam's steps are as long in a narrow network as in a wide one, but a narrow one bears, and needs, longer ones.</summary>
    public float DefaultLearningRate => Math.Clamp(0.012f / Encoder[0], PaperRate, LargestRate);

    /// <summary>Steps of the autoencoder: 4000 at the paper's learning rate, 2000 at ten times of it, or what the budget allows.</summary>
    public Da3dSchedule Pretraining(double budget, double workOfStep)
    {
        int wanted = (int)(4000 * Math.Pow(PaperRate / DefaultLearningRate, 0.3));
        return Schedule(wanted, LeastPretrainingSteps, PretrainingShare * budget, workOfStep);
    }

    /// <summary>Steps of alarm, generator and critic: 500, or what the budget allows.</summary>
    public Da3dSchedule Training(double budget, double workOfStep) =>
        Schedule(StepsOfAlarm, LeastStepsOfAlarm, (1 - PretrainingShare) * budget, workOfStep);

    private Da3dSchedule Schedule(int wanted, int least, double budget, double workOfStep)
    {
        int steps = WorkBudget.Steps(wanted, least, budget, workOfStep);
        return new Da3dSchedule(steps, WorkBudget.Rate(DefaultLearningRate, wanted, steps, LargestRate));
    }

    /// <summary>Whole epochs of at least so many steps.</summary>
    public static int Epochs(int steps, int rows, int batchSize) =>
        Math.Clamp((int)Math.Ceiling(steps / Math.Ceiling(rows / (double)batchSize)), LeastEpochs, MostEpochs);
}

/// <summary>How long a phase is to be and how long its steps.</summary>
/// <param name="Steps">Steps, at least 1.</param>
/// <param name="LearningRate">Learning rate.</param>
internal readonly record struct Da3dSchedule(int Steps, float LearningRate);
