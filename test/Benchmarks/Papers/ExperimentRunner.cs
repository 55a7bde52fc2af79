using System.Diagnostics;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>Measures what the results do not hold yet, seed by seed, so that an early end leaves an overview and not one finished row.</summary>
internal sealed class ExperimentRunner(PapersArguments arguments, ResultFile file)
{
    private readonly DataFolder _data = new(arguments.Data!);
    private (Protocol Protocol, int Seed, Trial Trial)? _prepared;

    /// <summary>Runs what is asked for.</summary>
    /// <returns>Number of runs that could not be measured.</returns>
    public int Run()
    {
        int failures = 0;
        Experiment[] experiments = [.. arguments.Selected()];
        foreach (string method in experiments.Where(experiment => experiment.Descriptor is null).Select(experiment => experiment.Method).Distinct())
            Console.WriteLine($"{method} is not registered: its rows are left out");
        for (int seed = arguments.FirstSeed; seed <= arguments.Seeds; seed++)
        {
            foreach (Experiment experiment in experiments)
            {
                try
                {
                    if (experiment.Descriptor is { } descriptor)
                        Run(experiment, descriptor, seed);
                }
                catch (Exception failure) when (failure is not OutOfMemoryException)
                {
                    // One row that cannot be measured must not keep the others, perhaps hours of work, from being so.
                    Console.Error.WriteLine($"{experiment.Id}, seed {seed}: {failure.Message}");
                    failures++;
                }
            }
        }

        return failures;
    }

    private void Run(Experiment experiment, DetectorDescriptor descriptor, int seed)
    {
        string definition = experiment.Definition(descriptor);
        if (Missing(experiment, definition, seed).Length == 0)
            return;
        using IDisposable? claim = Claim.Try(arguments.Results, $"{experiment.Id}|{definition}|{seed}");
        // The other process may have finished between the look at the results and the claim.
        Reading[] missing = claim is null ? [] : Missing(experiment, definition, seed);
        if (missing.Length == 0)
            return;

        Trial trial = Prepare(experiment.Protocol, seed);
        DetectorOptions options = experiment.Options(descriptor);
        options.Seed = seed;
        options.NumberOfThreads = arguments.Threads;
        int threads = arguments.Threads ?? Math.Min(Environment.ProcessorCount, 8);
        MethodData.Give(options, trial);
        FeatureMatrix? anomalies = experiment.Labelled ? trial.Anomalies : null;
        var line = new ResultLine
        {
            Date = DateTime.UtcNow.ToString("yyyy-MM-dd"),
            Experiment = experiment.Id,
            Definition = definition,
            Seed = seed,
            TrainingRows = trial.Normal.Rows,
            TrainingAnomalies = anomalies?.Rows ?? 0,
            TestRows = trial.Test.Rows,
            TestAnomalies = trial.Labels.Count(label => label),
            Features = trial.Test.Columns,
            Threads = threads,
            Processor = Processor.Name,
        };

        Detector detector = descriptor.Create(options, trial.Normal.Columns);
        var clock = Stopwatch.StartNew();
        try
        {
            detector.Fit(trial.Normal, anomalies);
        }
        catch (TrainingDivergedException failure)
        {
            foreach (Reading reading in missing)
                Keep(line with { Reading = reading.Name, Failure = failure.Message });
            return;
        }

        line = line with { FitSeconds = Math.Round(clock.Elapsed.TotalSeconds, 2), Restarts = detector.Restarts };
        foreach (Reading reading in missing)
            Keep((line with { Reading = reading.Name }).With(reading.Read(detector, trial, threads)));
    }

    private Reading[] Missing(Experiment experiment, string definition, int seed)
    {
        HashSet<ResultKey> known = [.. file.Read().Select(line => line.Key)];
        return [.. experiment.Readings.Where(reading => !known.Contains(new ResultKey(experiment.Id, definition, reading.Name, seed)))];
    }

    // Variants of one row follow each other and share their data.
    private Trial Prepare(Protocol protocol, int seed)
    {
        if (_prepared is not { } prepared || prepared.Protocol != protocol || prepared.Seed != seed)
        {
            _prepared = null;
            _prepared = (protocol, seed, protocol.Prepare(_data, seed));
        }

        return _prepared.Value.Trial;
    }

    private void Keep(ResultLine line)
    {
        file.Append(line);
        string run = $"{line.Experiment}{(line.Reading.Length > 0 ? $" [{line.Reading}]" : "")}, seed {line.Seed}";
        Console.WriteLine(line.Failure.Length > 0
            ? $"{run}: failed: {line.Failure}"
            : $"{run}: ROC-AUC {line.RocAuc:F4}, AP {line.AveragePrecision:F4}, F1 {line.F1:F4}, F1 at the top 20 % {line.TopF1:F4}, "
                + $"fit {line.FitSeconds:F1} s, {line.RowsPerSecond:F0} rows/s");
    }
}
