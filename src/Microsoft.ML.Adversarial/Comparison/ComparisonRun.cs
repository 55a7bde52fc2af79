using System.Diagnostics;
using Adversarial.Detectors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>Fits all candidates to the same rows, some at a time, and scores the same test rows with each.</summary>
internal sealed class ComparisonRun
{
    private const int LeastRows = 6;

    private const double PartOfFurtherFits = 0.8;

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
        string name = _options.FeatureColumnName;
        if (input.Schema.GetColumnOrNull(name) is null && _options.Candidates is { Count: > 0 })
            throw SchemaErrors.NotFound("feature", name, input.Schema, "; all candidates begin at it: transform the rows before they are compared, and leave that out of the candidates");
        DataViewSchema.Column features = SchemaErrors.CheckFeatures(input.Schema, name);
        LabelColumn? label = _options.LabelColumnName is null ? null : LabelColumn.Find(input, _options.LabelColumnName, _options.NormalLabel);
        DetectorDescriptor[] methods = Methods(label is not null);
        TrainingTable table = new TrainingDataReader(input, features, label, keepAnomalies: label is not null, new RowLimit(_options.MaximumRows, _seed, nameof(_options.MaximumRows))).Read(_options.CancellationToken, channel);
        if (table.Normal.Rows < LeastRows)
            throw new InvalidOperationException($"There are {table.Normal.Rows} normal rows: a comparison takes at least {LeastRows}, some to train on and some to test.");
        if (label is not null && table.Anomalies!.Rows == 0)
            throw new InvalidOperationException($"No row is an anomaly: {label.Normal} is normal in column '{label.Column.Name}'. Set {nameof(_options.NormalLabel)}, or compare without labels.");
        var data = new ComparisonData(table, features, label is not null, methods.Any(method => method.CreateOptions().LeastAnomalies > 0) ? 0.5 : 0, _options.TestFraction, _seed);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_options.CancellationToken);
        if (_options.TimeLimit is { } span && span <= ParallelFits.LongestTimer)
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
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelFits.Number(table, _options.NumberOfThreads), CancellationToken = _options.CancellationToken };
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

    private ComparedDetector Compare(string name, IEstimator<ITransformer> estimator, ComparisonData data, LabelColumn? label, CancellationToken limit)
    {
        try
        {
            limit.ThrowIfCancellationRequested();
            long begin = Stopwatch.GetTimestamp();
            ITransformer model = estimator.Fit(data.Training);
            double fitSeconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            ModelTest test = ModelTest.Of(model, data, label, _options.FalseAlarmRate);
            return new ComparedDetector(name)
            {
                Model = model,
                Scores = test.Scores,
                Metrics = test.Metrics,
                Separation = test.Separation,
                Stability = Stability(estimator, data, test.Scores, limit),
                FalseAlarmRate = test.FalseAlarmRate,
                FitSeconds = fitSeconds,
                RowsPerSecond = test.RowsPerSecond,
            };
        }
        catch (OperationCanceledException) when (!_options.CancellationToken.IsCancellationRequested)
        {
            return new ComparedDetector(name) { Failure = $"The time limit of {_options.TimeLimit} was over." };
        }
        catch (OperationCanceledException failure) when (failure.CancellationToken != _options.CancellationToken)
        {
            // With the token that the loop knows the loop ends by it; with another one it would throw an AggregateException.
            throw new OperationCanceledException(failure.Message, failure, _options.CancellationToken);
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
                (float[] others, _) = ModelTest.Scored(estimator.Fit(data.PartOfTraining(_seed + fit, PartOfFurtherFits)), data.Test);
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

    private static ComparedDetector[] WithAgreement(ComparedDetector[] results)
    {
        ComparedDetector[] done = [.. results.Where(result => result.Failure is null)];
        return [.. results.Select(result => result.Failure is not null || done.Length < 2 ? result : result with
        {
            Agreement = done.Where(other => other != result).Average(other => RankCorrelation.Of(result.Scores, other.Scores)),
        })];
    }
}
