using System.Diagnostics;
using Adversarial.Detectors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>Fits trials, some at a time, tells which of them is the best on validation rows, and fits that one anew to these rows too.</summary>
internal sealed class SweepRun
{
    private const int LeastRows = 10;

    // Half of the anomalies decide, the other half tells what came of it.
    private const double DecidingAnomalies = 0.5;

    private readonly AnomalyDetectionCatalog _catalog;
    private readonly SweepOptions _options;
    private readonly IHost _host;
    private readonly DetectorDescriptor _method;
    private readonly DetectorOptions _given;
    private readonly Action<SweepRung, CancellationToken>? _elsewhere;
    private readonly object _telling = new();
    private readonly long _begun = Stopwatch.GetTimestamp();

    /// <param name="catalog">The catalog.</param>
    /// <param name="options">What is searched.</param>
    /// <param name="host">The environment.</param>
    /// <param name="elsewhere">Fits trials elsewhere and keeps each as it is done; null: they are fitted here.</param>
    public SweepRun(AnomalyDetectionCatalog catalog, SweepOptions options, IHost host, Action<SweepRung, CancellationToken>? elsewhere = null)
    {
        (_catalog, _options, _host, _elsewhere) = (catalog, options, host, elsewhere);
        _given = options.Options?.Clone() ?? DetectorRegistry.Get(options.Method).CreateOptions();
        _method = DetectorRegistry.For(_given);
        if (options.Options is not null && !string.Equals(_method.Name, DetectorRegistry.Get(options.Method).Name, StringComparison.Ordinal))
            throw new ArgumentException($"Option {nameof(options.Options)} is of {_method.Name}, and {nameof(options.Method)} is '{options.Method}': give options of that method, or set {nameof(options.Method)} to '{_method.Name}'.", nameof(options));
        if (_given is NetworkDetectorOptions { CheckpointPath: not null })
            throw new ArgumentException($"Trials would share the file of the option {nameof(NetworkDetectorOptions.CheckpointPath)} of {_method.Name}: set that of the sweep instead.", nameof(options));
        if (options.LabelColumnName is null && _given.LeastAnomalies > 0)
            throw new ArgumentException($"{_method.Name} learns from known anomalies: set {nameof(options.LabelColumnName)}.", nameof(options));
    }

    public DetectorSweep Run(IDataView input, IChannel channel)
    {
        (DataViewSchema.Column features, LabelColumn? label, SweepSpace space, TrainingTable table, int seed) = Read(input, channel);
        SweepCheckpoint? checkpoint = _options.CheckpointPath is { } path
            ? SweepCheckpoint.Open(path, Convert.ToHexString(FitCheckpoint.Identify(Settings(space, features), table.Normal, table.Anomalies)), _options.Seed, seed)
            : null;
        seed = checkpoint?.Seed ?? seed;
        (ComparisonData all, ComparisonData data) = Divide(table, features, label, seed);
        SweepTrial[] trials = [.. space.Draw(_options.NumberOfTrials, seed)];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_options.CancellationToken);
        if (_options.TimeLimit is { } span && span <= ParallelFits.LongestTimer)
            limit.CancelAfter(span);

        int threads = ParallelFits.Number(table, _options.NumberOfThreads);
        IReadOnlyList<double> shares = SweepRungs.Of(_options.Strategy, trials.Length, data.TrainingNormal.Length);
        int[] left = [.. Enumerable.Range(0, trials.Length)];
        foreach (double share in shares)
        {
            int[] waiting = [.. left.Where(number => !Remember(number, share, trials, checkpoint, channel))];
            void Keep(int number, SweepTrial trial)
            {
                lock (_telling)
                {
                    trials[number] = trial;
                    if (trial.RowShare == share)
                        checkpoint?.Add(number, share, trial.Criterion, trial.FitSeconds, trial.Failure);
                    Tell(trial, channel);
                }
            }

            if (_elsewhere is null)
            {
                Parallel.ForEach(waiting, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = _options.CancellationToken },
                    number => Keep(number, Try(trials[number], share, space, data, label, seed, limit)));
            }
            else
            {
                TryElsewhere(new SweepRung([.. waiting.Select(number => trials[number])], share, seed, table, trial => Keep(trial.Number, trial)), limit);
            }

            SweepTrial[] done = [.. left.Select(number => trials[number]).Where(trial => trial.RowShare == share && !double.IsNaN(trial.Criterion))];
            left = [.. done.OrderByDescending(trial => trial.Criterion).ThenBy(trial => trial.Number).Take(SweepRungs.Kept(left.Length)).Select(trial => trial.Number).Order()];
        }

        SweepTrial best = trials.Where(trial => !double.IsNaN(trial.Criterion)).OrderByDescending(trial => trial.RowShare).ThenByDescending(trial => trial.Criterion).ThenBy(trial => trial.Number).FirstOrDefault()
            ?? throw new InvalidOperationException($"No trial has a result. The first one: {trials[0].Failure}");
        channel.Info(MessageSensitivity.None, $"The best of {trials.Length} trials is {best}.");

        // Whatever it takes: there is to be a model.
        DetectorOptions chosen = Options(space.Options(best.Values), seed, _options.CancellationToken, threads);
        AnomalyDetectorTransformer model = Trainer(chosen).Fit(all.Training);
        return new DetectorSweep(_method, trials, best, chosen, model, ModelTest.Of(model, all, label, _options.FalseAlarmRate), label is null ? null : _options.Metric);
    }

    /// <summary>Fits one trial, for a sweep that is run elsewhere and has a seed.</summary>
    /// <param name="input">The sweep's rows.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="share">Share of the training rows that it is fitted to.</param>
    /// <param name="channel">For warnings.</param>
    /// <returns>The trial with its result, and the rows.</returns>
    internal (SweepTrial Trial, TrainingTable Table) RunTrial(IDataView input, SweepTrial trial, double share, IChannel channel)
    {
        (DataViewSchema.Column features, LabelColumn? label, SweepSpace space, TrainingTable table, int seed) = Read(input, channel);
        return (Measure(trial, share, space, Divide(table, features, label, seed).Data, label, seed, _options.CancellationToken), table);
    }

    private (DataViewSchema.Column Features, LabelColumn? Label, SweepSpace Space, TrainingTable Table, int Seed) Read(IDataView input, IChannel channel)
    {
        DataViewSchema.Column features = SchemaErrors.CheckFeatures(input.Schema, _options.FeatureColumnName);
        LabelColumn? label = _options.LabelColumnName is null ? null : LabelColumn.Find(input, _options.LabelColumnName, _options.NormalLabel);
        var space = new SweepSpace(_method, _given, _options.SearchSpace);
        int seed = _options.Seed ?? _host.Rand.Next();
        TrainingTable table = new TrainingDataReader(input, features, label, keepAnomalies: label is not null, new RowLimit(_options.MaximumRows, seed, nameof(_options.MaximumRows)))
            .Read(_options.CancellationToken, channel);
        RequireRows(table, label);
        return (features, label, space, table, seed);
    }

    /// <summary>All rows apart from those of the test; and of these the ones that trials are fitted to apart from those that decide.</summary>
    private (ComparisonData All, ComparisonData Data) Divide(TrainingTable table, DataViewSchema.Column features, LabelColumn? label, int seed)
    {
        var all = new ComparisonData(table, features, label is not null, DecidingAnomalies, _options.TestFraction, seed);
        return (all, new ComparisonData(all.TrainingTable, features, label is not null, _given.LeastAnomalies > 0 ? DecidingAnomalies : 0, _options.ValidationFraction, unchecked(seed + 1)));
    }

    private void RequireRows(TrainingTable table, LabelColumn? label)
    {
        if (table.Normal.Rows < LeastRows)
            throw new InvalidOperationException($"There are {table.Normal.Rows} normal rows: a sweep takes at least {LeastRows}, some to train on, some to choose by and some to test.");
        int least = 2 + 2 * _given.LeastAnomalies;
        if (label is not null && table.Anomalies!.Rows < least)
            throw new InvalidOperationException($"{table.Anomalies.Rows} rows are anomalies, {label.Normal} being normal in column '{label.Column.Name}': a sweep of {_method.Name} takes at least {least}. Set {nameof(_options.NormalLabel)}, or sweep without labels.");
    }

    /// <summary>What the results of trials depend on; how many there are does not matter.</summary>
    private string Settings(SweepSpace space, DataViewSchema.Column features)
    {
        DetectorOptions given = Options(_given.Clone(), seed: 0, default, threads: 1);
        return string.Join('\n', _method.Name, _method.ToJson(given), space.Description, features.Type, _options.LabelColumnName is not null, _options.Metric,
            FormattableString.Invariant($"{_options.FalseAlarmRate} {_options.TestFraction} {_options.ValidationFraction}"));
    }

    private static DetectorOptions Options(DetectorOptions options, int seed, CancellationToken cancellation, int threads)
    {
        options.Seed = seed;
        options.NumberOfThreads = threads;
        options.CancellationToken = cancellation;
        options.Progress = null;
        return options;
    }

    private DetectorTrainer Trainer(DetectorOptions options) =>
        _catalog.Trainers.Detector(options, _options.FeatureColumnName, _options.LabelColumnName is null ? null : ComparisonData.LabelName);

    /// <summary>Whether the checkpoint knows what a fit gave; it is the trial's result then.</summary>
    private bool Remember(int number, double share, SweepTrial[] trials, SweepCheckpoint? checkpoint, IChannel channel)
    {
        if (checkpoint is null || !checkpoint.TryGet(number, share, out (double Criterion, double Seconds, string? Failure) found))
            return false;
        trials[number] = trials[number] with { RowShare = share, Criterion = found.Criterion, FitSeconds = found.Seconds, Failure = found.Failure };
        Tell(trials[number], channel);
        return true;
    }

    private SweepTrial Try(SweepTrial trial, double share, SweepSpace space, ComparisonData data, LabelColumn? label, int seed, CancellationTokenSource limit)
    {
        try
        {
            // A timer may be late.
            if (Stopwatch.GetElapsedTime(_begun) >= _options.TimeLimit)
                limit.Cancel();
            limit.Token.ThrowIfCancellationRequested();
            return Measure(trial, share, space, data, label, seed, limit.Token);
        }
        catch (OperationCanceledException) when (!_options.CancellationToken.IsCancellationRequested)
        {
            return OverTime(trial);
        }
        catch (OperationCanceledException failure) when (failure.CancellationToken != _options.CancellationToken)
        {
            // With the token that the loop knows the loop ends by it; with another one it would throw an AggregateException.
            throw new OperationCanceledException(failure.Message, failure, _options.CancellationToken);
        }
    }

    private void TryElsewhere(SweepRung rung, CancellationTokenSource limit)
    {
        var left = rung.Trials.ToDictionary(trial => trial.Number);
        try
        {
            if (Stopwatch.GetElapsedTime(_begun) >= _options.TimeLimit)
                limit.Cancel();
            _elsewhere!(rung with
            {
                Keep = trial =>
                {
                    lock (left)
                        left.Remove(trial.Number);
                    rung.Keep(trial);
                },
            }, limit.Token);
        }
        catch (OperationCanceledException) when (!_options.CancellationToken.IsCancellationRequested)
        {
            foreach (SweepTrial trial in left.Values)
                rung.Keep(OverTime(trial));
        }
    }

    private SweepTrial OverTime(SweepTrial trial) => trial.RowShare > 0 ? trial : trial with { Failure = $"The time limit of {_options.TimeLimit} was over." };

    /// <summary>Fits a trial and looks how good it is; one that fails says why.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    private SweepTrial Measure(SweepTrial trial, double share, SweepSpace space, ComparisonData data, LabelColumn? label, int seed, CancellationToken cancellation)
    {
        try
        {
            long begin = Stopwatch.GetTimestamp();
            AnomalyDetectorTransformer model = Trainer(Options(space.Options(trial.Values), seed, cancellation, threads: 1)).Fit(share < 1 ? data.PartOfTraining(seed, share) : data.Training);
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            ModelTest test = ModelTest.Of(model, data, label, _options.FalseAlarmRate);
            return trial with { RowShare = share, Criterion = test.Metrics is null ? test.Separation : _options.Metric.Of(test.Metrics), FitSeconds = seconds };
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            return trial with { RowShare = share, Criterion = double.NaN, Failure = failure.Message };
        }
    }

    private void Tell(SweepTrial trial, IChannel channel)
    {
        lock (_telling)
        {
            channel.Info(MessageSensitivity.None, trial.ToString());
            _options.Progress?.Report(trial);
        }
    }
}
