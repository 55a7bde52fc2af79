using System.Diagnostics;
using Adversarial.Detectors;
using Adversarial.Neural;
using Microsoft.ML.Adversarial;

namespace Adversarial.Benchmarks;

/// <summary>Whole training steps on the engine's own kernels, on LibTorch's device and in a program on TorchSharp, turn by turn on one thread each.</summary>
internal static class StepRace
{
    private const int Turns = 15;
    private const double SecondsOfTurn = 0.25;
    private const int SphereColumns = 121;
    private const int SphereBatch = 200;

    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(1.5);

    /// <summary>The networks of the papers, as in the race with PyTorch, and Deep SVDD.</summary>
    public static IReadOnlyList<SpeedCase> Cases { get; } =
    [
        .. SpeedCase.All.Where(known => !known.Name.Contains("512", StringComparison.Ordinal)),
        new SpeedCase($"Deep SVDD, batch {SphereBatch}", "Deep SVDD", "sphere", () => new DeepSvddOptions
        {
            BatchSize = SphereBatch,
            EnsembleSize = 1,
            EncoderLayerSizes = [128, 64],
            LatentDimension = 32,
            NumberOfPretrainingEpochs = 0,
        }, SphereColumns, StepGoal: 1, ScoringGoal: null, ForwardWork: 0, StepWork: 0),
    ];

    public static StepResult Run(SpeedCase speedCase, IDeviceFactory factory, TorchDeviceKind kind)
    {
        using var own = new SpeedTraining(speedCase, threads: 1);
        using var other = new SpeedTraining(speedCase, threads: 1, factory);
        using TorchProgram? program = TorchProgram.Of(speedCase, own.Rows, own.AnomalousRows, kind);
        int steps = Math.Max(2, (int)(SecondsOfTurn / WarmUp(own)));
        WarmUp(other);
        program?.Run(steps);
        using var device = new TurnsOnThread(other, steps);
        List<double> times = [], deviceTimes = [], deviceRatios = [], programTimes = [], programRatios = [];
        own.Run(steps, time =>
        {
            double there = device.Next();
            times.Add(time);
            deviceTimes.Add(there);
            deviceRatios.Add(there / time);
            if (program?.Run(steps) is { } written)
            {
                programTimes.Add(written);
                programRatios.Add(written / time);
            }

            return times.Count < Turns;
        });
        return new StepResult(speedCase.Name, 1e3 * Median(times), 1e3 * Median(deviceTimes), Median(deviceRatios),
            program is null ? null : 1e3 * Median(programTimes), program is null ? null : Median(programRatios));
    }

    private static double WarmUp(SpeedTraining training)
    {
        long start = Stopwatch.GetTimestamp();
        double seconds = 0;
        training.Run(4, time =>
        {
            seconds = time;
            return Stopwatch.GetElapsedTime(start) < _warmUp;
        });
        return seconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
