using System.Diagnostics;
using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.AutoML;

/// <summary>
/// A trial by any criterion: with labels the area under the ROC curve, without the share of made-up rows that are told from held-out ones. AutoML's own
/// runner knows the metrics of its tasks only.
/// </summary>
internal sealed class DetectorTrialRunner(MLContext context, DetectorDescriptor method, IDataView rows, string? labelColumnName) : ITrialRunner
{
    private const int Seed = 1;

    public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        DetectorOptions options = Spaces.Options(method, settings.Parameter, Seed);
        options.CancellationToken = cancellation;
        DetectorComparison comparison = context.AnomalyDetection.Compare(rows, new ComparisonOptions
        {
            LabelColumnName = labelColumnName,
            Methods = [],
            Candidates = new Dictionary<string, IEstimator<ITransformer>>
            {
                [method.Name] = context.AnomalyDetection.Trainers.Detector(options, labelColumnName: labelColumnName is null ? null : "Label"),
            },
            Seed = Seed,
            CancellationToken = cancellation,
        });
        ComparedDetector tried = comparison.Detectors[0];

        // A first trial that throws would end the experiment: one that fails is merely the worst.
        double metric = tried.Failure is not null ? 0 : tried.Metrics?.AreaUnderRocCurve ?? tried.Separation;
        return Task.FromResult(new TrialResult
        {
            TrialSettings = settings,
            Model = tried.Model!,
            Metric = metric,
            Loss = -metric,
            DurationInMilliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds,
        });
    }

    public void Dispose()
    {
    }
}
