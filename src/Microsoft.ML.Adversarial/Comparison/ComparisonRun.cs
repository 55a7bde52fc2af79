using System.Diagnostics;
using Adversarial.Detectors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>Fits all candidates to the same rows, some at a time, and scores the same test rows with each.</summary>
internal sealed class ComparisonRun
{
    private const int LeastRows = 6;

    // What a fit takes besides its rows.
    private const long MemoryOfFit = 256L << 20;

    private readonly AnomalyDetectionCatalog _catalog;
    private readonly ComparisonOptions _options;
    private readonly int _seed;
    private readonly object _telling = new();
    private readonly long _begun = Stopwatch.GetTimestamp();

    public ComparisonRun(AnomalyDetectionCatalog catalog, ComparisonOptions options, IHost host)
    {
        _catalog = catalog;
        _options = options;
        _seed = options.Seed ?? host.Rand.Next();
    }

    public DetectorComparison Run(IDataView input, IChannel channel)
    {
        DataViewSchema.Column features = SchemaErrors.CheckFeatures(input.Schema, _options.FeatureColumnName);
        LabelColumn? label = _options.LabelColumnName is null ? null : LabelColumn.Find(input, _options.LabelColumnName, _options.NormalLabel);
        DetectorDescriptor[] methods = Methods(label is not null);
        TrainingTable table = new TrainingDataReader(input, features, label, keepAnomalies: label is not null).Read(_options.CancellationToken, channel);
        if (table.Normal.Rows < LeastRows)
            throw new InvalidOperationException($"There are {table.Normal.Rows} normal rows: a comparison takes at least {LeastRows}, some to train on and some to test.");
        if (label is not null && table.Anomalies!.Rows == 0)
            throw new InvalidOperationException($"No row is an anomaly: {label.Normal} is normal in column '{label.Column.Name}'. Set {nameof(_options.NormalLabel)}, or compare without labels.");
        var data = new ComparisonData(table, features, label is not null, methods.Any(method => method.CreateOptions().LeastAnomalies > 0), _options.TestFraction, _seed);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_options.CancellationToken);
        if (_options.TimeLimit is { } span)
            limit.CancelAfter(span);
        KeyValuePair<string, IEstimator<ITransformer>>[] candidates =
        [
            .. methods.Select(method => KeyValuePair.Create(method.Name, Trainer(method, label is not null, limit.Token))),
            .. _options.Candidates ?? new Dictionary<string, IEstimator<ITransformer>>(),
        ];
        if (candidates.Length == 0)
            throw new ArgumentException($"There is nothing to compare: name methods in {nameof(_options.Methods)}, or give {nameof(_options.Candidates)}.", nameof(ComparisonOptions.Methods));
        if (candidates.GroupBy(candidate => candidate.Key).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
            throw new ArgumentException($"Two candidates are named '{twice}'.", nameof(ComparisonOptions.Candidates));
        var results = new ComparedDetector[candidates.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Threads(table), CancellationToken = _options.CancellationToken };
        Parallel.For(0, candidates.Length, parallel, i =>
        {
            // A timer may be late.
            if (Stopwatch.GetElapsedTime(_begun) >= _options.TimeLimit)
                limit.Cancel();
            results[i] = Compare(candidates[i].Key, candidates[i].Value, data, label, limit.Token);
            lock (_telling)
            {
                channel.Info(MessageSensitivity.None, results[i].Failure is { } failure ? $"{results[i].Name} failed: {failure}" : $"{results[i].Name} was fitted in {results[i].FitSeconds:F1} s.");
                _options.Progress?.Report(results[i]);
            }
        });
        return new DetectorComparison(WithAgreement(results), data, label is not null, _options);
    }

    private DetectorDescriptor[] Methods(bool hasLabels)
    {
        if (_options.Methods is null)
            return [.. DetectorRegistry.All.Where(method => hasLabels || method.CreateOptions().LeastAnomalies == 0)];
        DetectorDescriptor[] methods = [.. _options.Methods.Select(DetectorRegistry.Get)];
        return Array.Find(methods, method => !hasLabels && method.CreateOptions().LeastAnomalies > 0) is { } unable
            ? throw new ArgumentException($"{unable.Name} learns from known anomalies: set {nameof(_options.LabelColumnName)}, or leave it out.", nameof(ComparisonOptions.Methods))
            : methods;
    }

    private IEstimator<ITransformer> Trainer(DetectorDescriptor method, bool hasLabels, CancellationToken cancellation)
    {
        DetectorOptions options = method.CreateOptions();
        options.Seed = _seed;
        options.NumberOfThreads = 1;
        options.CancellationToken = cancellation;
        return _catalog.Trainers.Detector(options, _options.FeatureColumnName, hasLabels ? ComparisonData.LabelName : null);
    }

    private int Threads(TrainingTable table)
    {
        long rows = 4L * sizeof(float) * table.Normal.Columns * (table.Normal.Rows + (table.Anomalies?.Rows ?? 0));
        long fits = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (rows + MemoryOfFit);
        return (int)Math.Clamp(fits, 1, _options.NumberOfThreads ?? Environment.ProcessorCount);
    }

    private ComparedDetector Compare(string name, IEstimator<ITransformer> estimator, ComparisonData data, LabelColumn? label, CancellationToken limit)
    {
        try
        {
            limit.ThrowIfCancellationRequested();
            long begin = Stopwatch.GetTimestamp();
            ITransformer model = estimator.Fit(data.Training);
            double fitSeconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            begin = Stopwatch.GetTimestamp();
            (float[] scores, bool[]? flags) = Scored(model, data.Test);
            double rate = scores.Length / Stopwatch.GetElapsedTime(begin).TotalSeconds;
            (float[] madeUp, _) = Scored(model, data.MadeUp);
            int normal = data.TestNormal.Length;
            bool[] anomalous = [.. Enumerable.Range(0, scores.Length).Select(i => i >= normal)];
            return new ComparedDetector(name)
            {
                Model = model,
                Scores = scores,
                Metrics = label is null ? null : new DetectorMetrics(
                    AnomalyMetrics.EvaluateFlagged(scores, anomalous, flags ?? new bool[scores.Length], falsePositiveCount: 10, _options.FalseAlarmRate), label.Normal, "", 0),
                Separation = AnomalyMetrics.Evaluate([.. scores[..normal], .. madeUp], [.. new bool[normal], .. madeUp.Select(_ => true)]).RocAuc,
                Stability = Stability(estimator, data, scores, limit),
                FalseAlarmRate = flags is null ? double.NaN : flags.Take(normal).Count(flag => flag) / (double)normal,
                FitSeconds = fitSeconds,
                RowsPerSecond = rate,
            };
        }
        catch (OperationCanceledException) when (!_options.CancellationToken.IsCancellationRequested)
        {
            return new ComparedDetector(name) { Failure = $"The time limit of {_options.TimeLimit} was over." };
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            return new ComparedDetector(name) { Failure = failure.Message };
        }
    }

    private double Stability(IEstimator<ITransformer> estimator, ComparisonData data, float[] scores, CancellationToken limit)
    {
        double sum = 0;
        try
        {
            for (int fit = 1; fit < _options.NumberOfFits; fit++)
            {
                limit.ThrowIfCancellationRequested();
                (float[] others, _) = Scored(estimator.Fit(data.PartOfTraining(_seed + fit)), data.Test);
                sum += RankCorrelation.Of(scores, others);
            }
        }
        catch (OperationCanceledException) when (!_options.CancellationToken.IsCancellationRequested)
        {
            // The first fit is done and stays.
            return double.NaN;
        }

        return sum / (_options.NumberOfFits - 1);
    }

    private static (float[] Scores, bool[]? Flags) Scored(ITransformer model, IDataView rows)
    {
        IDataView scored = model.Transform(rows);
        if (scored.Schema.GetColumnOrNull(OwnColumn.ScoreName) is not { } score || score.Type != NumberDataViewType.Single)
            throw new InvalidOperationException($"The candidate gives no column '{OwnColumn.ScoreName}' of single numbers: end it with an anomaly detector.");
        float[] scores = [.. scored.GetColumn<float>(score)];
        return (scores, scored.Schema.GetColumnOrNull(OwnColumn.LabelName) is { } flag && flag.Type == BooleanDataViewType.Instance ? [.. scored.GetColumn<bool>(flag)] : null);
    }

    private static ComparedDetector[] WithAgreement(ComparedDetector[] results)
    {
        ComparedDetector[] done = [.. results.Where(result => result.Failure is null)];
        return [.. results.Select(result => result.Failure is not null || done.Length < 2 ? result : result with
        {
            Agreement = done.Where(other => other != result).Average(other => RankCorrelation.Of(result.Scores, other.Scores)),
        })];
    }
}
