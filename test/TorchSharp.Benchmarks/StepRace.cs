using System.Diagnostics;
using Adversarial.Detectors;
using Adversarial.Neural;
using Microsoft.ML.Adversarial;

namespace Adversarial.Benchmarks;

/// <summary>Whole training steps on the engine's own kernels, on LibTorch's device and in a program on TorchSharp, turn by turn on one thread each.</summary>
internal static class StepRace
{
    public const int Turns = 15;
    public const int FirstSteps = 20;
    private const double SecondsOfTurn = 0.25;
    private const int WarmUpSteps = 20;
    private const int SphereColumns = 121;
    private const int SphereBatch = 200;

    /// <summary>The networks of the papers, as in the race with PyTorch, and Deep SVDD.</summary>
    public static IReadOnlyList<SpeedCase> Cases { get; } =
    [
        .. SpeedCase.All,
        new SpeedCase($"Deep SVDD, batch {SphereBatch}", "Deep SVDD", "sphere", () => new DeepSvddOptions
        {
            BatchSize = SphereBatch,
            EnsembleSize = 1,
            EncoderLayerSizes = [128, 64],
            LatentDimension = 32,
            NumberOfPretrainingEpochs = 0,
        }, SphereColumns, StepGoal: 1, ScoringGoal: null, ForwardWork: 0, StepWork: 0),
    ];

    public static StepResult Run(SpeedCase speedCase, TorchDeviceKind kind)
    {
        using var device = new TorchDevice(kind);
        using var own = new SpeedTraining(speedCase, threads: 1);
        using var other = new SpeedTraining(speedCase, threads: 1, device);
        using TorchProgram program = TorchProgram.Of(speedCase, own, kind);
        StepLoss[] losses = FirstLosses(own, other, program);
        int steps = Math.Max(2, (int)(SecondsOfTurn / Seconds(own, WarmUpSteps)));
        other.Turn(steps);
        program.Run(steps);
        var turns = new StepTurn[Turns];
        for (int turn = 0; turn < Turns; turn++)
            turns[turn] = new StepTurn(own.Turn(steps), other.Turn(steps), program.Run(steps));
        return new StepResult(speedCase.Name, turns, losses);
    }

    private static StepLoss[] FirstLosses(SpeedTraining own, SpeedTraining other, TorchProgram program)
    {
        IReadOnlyDictionary<string, double> ofProgram = program.First(FirstSteps);
        return [.. own.First(FirstSteps).Zip(other.First(FirstSteps), (ours, theirs) =>
            new StepLoss(ours.Name, ours.Value, theirs.Value, ofProgram.TryGetValue(ours.Name, out double value) ? value : null))];
    }

    private static double Seconds(SpeedTraining training, int steps)
    {
        training.Turn(steps);
        return training.Turn(steps);
    }
}
