using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>
/// Training and scoring speed of each registered method's default networks against what is stored for this kind of processor: a slowdown by
/// a tenth is a warning, by three tenths a failure. Times count in units of the multiply-add ceiling of the same moment, since a shared
/// machine gives now more, now less.
/// </summary>
internal static class FloorBenchmark
{
    private const int Columns = 121;
    private const int Rows = 128 * 50;
    private const int Steps = 150;
    private const int Rounds = 7;
    private const double WarningShare = 0.9;
    private const double FailureShare = 0.7;

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    public static int Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string file = Path.Combine(CommandLine.Option(args, "--output") ?? RepositoryFolder.Docs("benchmarks"), Processor.FileName + ".floors.json");
        bool store = args.Contains("--store");
        var stored = !store && File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, Speed>>(File.ReadAllText(file))! : [];
        if (!store && stored.Count == 0)
        {
            Console.Error.WriteLine($"No speed is stored for {Processor.Name}: \"eng/bench.sh floors --store\" measures and stores it.");
            return 2;
        }

        var measured = new Dictionary<string, Speed>();
        bool failed = false;
        foreach (DetectorDescriptor descriptor in DetectorRegistry.All)
        {
            Speed speed = measured[descriptor.Name] = Measure(descriptor);
            Console.Write($"{descriptor.Name}: step {speed.StepMilliseconds:F3} ms, {speed.RowsPerSecond:N0} rows/s at a ceiling of {speed.Ceiling:F1} GFLOP/s");
            if (stored.TryGetValue(descriptor.Name, out Speed? floor))
            {
                double training = floor.StepMilliseconds * floor.Ceiling / (speed.StepMilliseconds * speed.Ceiling);
                double scoring = speed.RowsPerSecond / speed.Ceiling / (floor.RowsPerSecond / floor.Ceiling);
                double least = Math.Min(training, scoring);
                failed |= least < FailureShare;
                Console.Write($"; of the stored speed: training {training:P0}, scoring {scoring:P0}"
                    + (least < FailureShare ? " FAILED" : least < WarningShare ? " WARNING" : ""));
            }

            Console.WriteLine();
        }

        if (store)
            File.WriteAllText(file, JsonSerializer.Serialize(measured, _json) + "\n");
        return failed ? 1 : 0;
    }

    /// <summary>The best of some rounds on one thread.</summary>
    private static Speed Measure(DetectorDescriptor descriptor)
    {
        FeatureMatrix rows = SimulatedRows.Make(Rows, Columns, seed: 1), anomalies = SimulatedRows.Make(Rows / 8, Columns, seed: 2);
        Speed[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => MeasureOnce(descriptor, rows, anomalies))];
        double ceiling = rounds.Max(round => round.Ceiling);
        return new Speed(
            rounds.Min(round => round.StepMilliseconds * round.Ceiling) / ceiling, rounds.Max(round => round.RowsPerSecond / round.Ceiling) * ceiling, ceiling);
    }

    private static Speed MeasureOnce(DetectorDescriptor descriptor, FeatureMatrix rows, FeatureMatrix anomalies)
    {
        double ceiling = Enumerable.Range(0, 25).Select(_ => FmaCeiling.Measure()).Order().ElementAt(12);
        var clock = new StepClock();
        DetectorOptions options = descriptor.CreateOptions();
        (options.Seed, options.NumberOfThreads) = (1, 1);
        if (options is NetworkDetectorOptions networks)
            (networks.EnsembleSize, networks.MaximumNumberOfSteps) = (1, Steps);
        options.Progress = clock;
        Detector detector = descriptor.Create(options, Columns);
        detector.Fit(rows, options.LeastAnomalies > 0 ? anomalies : null);
        long start = Stopwatch.GetTimestamp();
        detector.Score(rows, threads: 1);
        return new Speed(clock.Milliseconds, Rows / Stopwatch.GetElapsedTime(start).TotalSeconds, ceiling);
    }

    /// <summary>What is stored of a method.</summary>
    private sealed record Speed(double StepMilliseconds, double RowsPerSecond, double Ceiling);

    /// <summary>The quickest stretch between two reports, summed over the phases: what a step of each costs.</summary>
    private sealed class StepClock : IProgress<TrainingProgress>
    {
        private readonly Dictionary<string, double> _least = [];
        private TrainingProgress? _last;

        public double Milliseconds => _least.Values.Sum();

        public void Report(TrainingProgress value)
        {
            if (_last is { } last && last.Phase == value.Phase && value.Step > last.Step)
            {
                double time = (value.Elapsed - last.Elapsed).TotalMilliseconds / (value.Step - last.Step);
                _least[value.Phase] = Math.Min(_least.GetValueOrDefault(value.Phase, double.PositiveInfinity), time);
            }

            _last = value;
        }
    }
}
