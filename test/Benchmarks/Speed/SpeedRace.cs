using System.Diagnostics;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>What one case gave. Times are medians over turns, ratios medians of the turns' ratios: PyTorch's time over ours.</summary>
internal sealed record SpeedResult(string Name, int Threads)
{
    public double StepMilliseconds { get; set; }

    public double? TorchStepMilliseconds { get; set; }

    public double? StepRatio { get; set; }

    public double StepGoal { get; set; }

    /// <summary>Necessary FLOPs over time, as a share of the ceiling measured beside it, of one core.</summary>
    public double StepShareOfCeiling { get; set; }

    public Dictionary<string, double> FirstLosses { get; set; } = [];

    public Dictionary<string, double> TorchFirstLosses { get; set; } = [];

    /// <summary>Time of a step on one thread over that on two; null where the race itself has several, or there is one core.</summary>
    public double? TwoThreads { get; set; }

    public double RowsPerSecond { get; set; }

    public double? TorchRowsPerSecond { get; set; }

    public double? ScoringRatio { get; set; }

    public double? ScoringGoal { get; set; }

    public double ScoringShareOfCeiling { get; set; }

    /// <summary>Rate of scoring through an ML.NET cursor over the rate of scoring from memory.</summary>
    public double CursorShare { get; set; }

    public double PeakMebibytes { get; set; }

    public double? TorchPeakMebibytes { get; set; }
}

/// <summary>Runs a case turn by turn with PyTorch, so that a clock that changes, or a neighbour that takes time, hits both.</summary>
internal static class SpeedRace
{
    // Many short turns: a neighbour that comes or goes within one spoils few of them. Scoring takes all rows in a turn, large networks some
    // seconds, and has to do with fewer.
    private const int Turns = 25;
    private const int LeastTurns = 9;
    private const double SecondsOfTurn = 0.2;
    private static readonly TimeSpan _scoring = TimeSpan.FromSeconds(20);

    /// <summary>Steps whose losses are compared: later the two sides' random numbers have led them apart.</summary>
    public const int FirstSteps = 20;

    // For the compiler.
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(1);

    public static SpeedResult Run(SpeedCase speedCase, int threads)
    {
        using var training = new SpeedTraining(speedCase, threads);
        string folder = Directory.CreateTempSubdirectory("adversarial-speed-").FullName;
        try
        {
            training.HandOver(folder, threads);
            using TorchRival? rival = TorchRival.IsPresent ? new TorchRival(folder, threads) : null;
            var result = new SpeedResult(speedCase.Name, threads) { StepGoal = speedCase.StepGoal, ScoringGoal = speedCase.ScoringGoal };
            RaceSteps(speedCase, training, rival, result);
            RaceScoring(speedCase, training, rival, result, threads);
            if (threads == 1 && Environment.ProcessorCount > 1)
                result.TwoThreads = RaceThreads(speedCase, training, result.StepMilliseconds / 1e3);
            result.PeakMebibytes = PeakMemory.Of(speedCase, threads);
            result.TorchPeakMebibytes = rival?.PeakMemory();
            return result;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void RaceSteps(SpeedCase speedCase, SpeedTraining training, TorchRival? rival, SpeedResult result)
    {
        result.FirstLosses = training.First(FirstSteps).ToDictionary(loss => loss.Name, loss => loss.Value);
        result.TorchFirstLosses = rival?.Steps(FirstSteps).Losses ?? [];
        double seconds = 0;
        long start = Stopwatch.GetTimestamp();
        training.Run(4, time =>
        {
            seconds = time;
            return Stopwatch.GetElapsedTime(start) < _warmUp;
        });
        int stepsOfTurn = StepsOfTurn(seconds);
        List<double> own = [], other = [], ratios = [], shares = [];
        training.Run(stepsOfTurn, time =>
        {
            double ceiling = FmaCeiling.Measure();
            double torch = rival?.Steps(stepsOfTurn).Seconds ?? double.NaN;
            own.Add(time);
            other.Add(torch);
            ratios.Add(torch / time);
            shares.Add(2e-9 * speedCase.StepWork / time / Math.Max(ceiling, FmaCeiling.Measure()));
            return own.Count < Turns + 1;
        });
        result.StepMilliseconds = 1e3 * Median(own);
        result.StepShareOfCeiling = Median(shares);
        if (rival is null)
            return;
        result.TorchStepMilliseconds = 1e3 * Median(other);
        result.StepRatio = Median(ratios);
    }

    private static double RaceThreads(SpeedCase speedCase, SpeedTraining single, double seconds)
    {
        using var both = new SpeedTraining(speedCase, threads: 2);
        int stepsOfTurn = StepsOfTurn(seconds);
        List<double> ratios = [];
        for (int turn = 0; turn <= Turns; turn++)
            ratios.Add(single.Turn(stepsOfTurn) / both.Turn(stepsOfTurn));
        return Median(ratios);
    }

    private static int StepsOfTurn(double secondsOfStep) => (int)Math.Clamp(SecondsOfTurn / secondsOfStep, 2, 2000);

    private static void RaceScoring(SpeedCase speedCase, SpeedTraining training, TorchRival? rival, SpeedResult result, int threads)
    {
        FeatureMatrix rows = training.ScoredRows();
        var cursor = new CursorScoring(training.Detector, rows, threads);
        List<double> own = [], other = [], ratios = [], shares = [], cursors = [];
        long begin = Stopwatch.GetTimestamp();
        for (int turn = 0; turn <= LeastTurns || (turn <= Turns && Stopwatch.GetElapsedTime(begin) < _scoring); turn++)
        {
            double ceiling = FmaCeiling.Measure();
            long start = Stopwatch.GetTimestamp();
            training.Detector.Score(rows, threads);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double torch = rival?.Score() ?? double.NaN;
            double throughCursor = cursor.Run();
            own.Add(seconds);
            other.Add(torch);
            ratios.Add(torch / seconds);
            cursors.Add(seconds / throughCursor);
            shares.Add(2e-9 * speedCase.ForwardWork * rows.Rows / seconds / Math.Max(ceiling, FmaCeiling.Measure()));
        }

        result.RowsPerSecond = rows.Rows / Median(own);
        result.ScoringShareOfCeiling = Median(shares);
        result.CursorShare = Median(cursors);
        if (rival is null)
            return;
        result.TorchRowsPerSecond = rows.Rows / Median(other);
        result.ScoringRatio = Median(ratios);
    }

    // The first turn is for caches and compilers.
    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Skip(1).Order()];
        return sorted[sorted.Length / 2];
    }
}
