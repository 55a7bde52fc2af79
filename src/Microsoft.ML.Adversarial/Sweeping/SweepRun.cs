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
    private readonly object _telling = new();
    private readonly long _begun = Stopwatch.GetTimestamp();

    public SweepRun(AnomalyDetectionCatalog catalog, SweepOptions options, IHost host)
    {
        (_catalog, _options, _host) = (catalog, options, host);
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
        DataViewSchema.Column features = SchemaErrors.CheckFeatures(input.Schema, _options.FeatureColumnName);
        LabelColumn? label = _options.LabelColumnName is null ? null : LabelColumn.Find(input, _options.LabelColumnName, _options.NormalLabel);
        var space = new SweepSpace(_method, _given, _options.SearchSpace);
        int seed = _options.Seed ?? _host.Rand.Next();
        TrainingTable table = new TrainingDataReader(input, features, label, keepAnomalies: label is not null, new RowLimit(_options.MaximumRows, seed, nameof(_options.MaximumRows)))
            .Read(_options.CancellationToken, channel);
        RequireRows(table, label);
        SweepCheckpoint? checkpoint = _options.CheckpointPath is { } path
            ? SweepCheckpoint.Open(path, Convert.ToHexString(FitCheckpoint.Identify(Settings(space, features), table.Normal, table.Anomalies)), _options.Seed, seed)
            : null;
        seed = checkpoint?.Seed ?? seed;
        var all = new ComparisonData(table, features, label is not null, DecidingAnomalies, _options.TestFraction, seed);
        var data = new ComparisonData(all.TrainingTable, features, label is not null, _given.LeastAnomalies > 0 ? DecidingAnomalies : 0, _options.ValidationFraction, unchecked(seed + 1));
        SweepTrial[] trials = [.. space.Draw(_options.NumberOfTrials, seed)];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_options.CancellationToken);
        if (_options.TimeLimit is { } span && span <= ParallelFits.LongestTimer)
            limit.CancelAfter(span);

        int threads = ParallelFits.Number(table, _options.NumberOfThreads);
        IReadOnlyList<double> shares = SweepRungs.Of(_options.Strategy, trials.Length, data.TrainingNormal.Length);
        int[] left = [.. Enumerable.Range(0, trials.Length)];
        foreach (double share in shares)
        {
            Parallel.ForEach(left, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = _options.CancellationToken }, number =>
            {
                trials[number] = Try(trials[number], share, space, data, label, seed, checkpoint, limit);
                Tell(trials[number], channel);
            });
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

    private SweepTrial Try(SweepTrial trial, double share, SweepSpace space, ComparisonData data, LabelColumn? label, int seed, SweepCheckpoint? checkpoint, CancellationTokenSource limit)
    {
        if (checkpoint is not null && checkpoint.TryGet(trial.Number, share, out (double Criterion, double Seconds, string? Failure) found))
            return trial with { RowShare = share, Criterion = found.Criterion, FitSeconds = found.Seconds, Failure = found.Failure };
        try
        {
            // A timer may be late.
            if (Stopwatch.GetElapsedTime(_begun) >= _options.TimeLimit)
                limit.Cancel();
            limit.Token.ThrowIfCancellationRequested();
            long begin = Stopwatch.GetTimestamp();
            AnomalyDetectorTransformer model = Trainer(Options(space.Options(trial.Values), seed, limit.Token, threads: 1)).Fit(share < 1 ? data.PartOfTraining(seed, share) : data.Training);
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            ModelTest test = ModelTest.Of(model, data, label, _options.FalseAlarmRate);
            trial = trial with { RowShare = share, Criterion = test.Metrics is null ? test.Separation : _options.Metric.Of(test.Metrics), FitSeconds = seconds };
        }
        catch (OperationCanceledException) when (!_options.CancellationToken.IsCancellationRequested)
        {
            return trial.RowShare > 0 ? trial : trial with { Failure = $"The time limit of {_options.TimeLimit} was over." };
        }
        catch (OperationCanceledException failure) when (failure.CancellationToken != _options.CancellationToken)
        {
            // With the token that the loop knows the loop ends by it; with another one it would throw an AggregateException.
            throw new OperationCanceledException(failure.Message, failure, _options.CancellationToken);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            trial = trial with { RowShare = share, Criterion = double.NaN, Failure = failure.Message };
        }

        lock (_telling)
            checkpoint?.Add(trial.Number, share, trial.Criterion, trial.FitSeconds, trial.Failure);
        return trial;
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
