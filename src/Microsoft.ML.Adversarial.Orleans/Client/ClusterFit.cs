using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>A fit on its way over a cluster: its jobs, and the model that they give.</summary>
internal sealed class ClusterFit
{
    private readonly MLContext _context;
    private readonly DetectorOptions _options;
    private readonly ClusterRows _rows;
    private readonly string _name;
    private readonly DetectorTrainer _trainer;
    private int _attempt;

    /// <exception cref="ArgumentException">An option is out of its range, or of no use on a cluster.</exception>
    public ClusterFit(MLContext context, DetectorOptions options, ClusterRows rows, string name)
    {
        (_context, _rows) = (context, rows);
        _options = (options ?? throw new ArgumentException($"The options of {name} are null.", nameof(options))).Clone();
        _options.Seed ??= Random.Shared.Next();
        if (options is NetworkDetectorOptions { CheckpointPath: not null })
            throw new ArgumentException($"Option {nameof(NetworkDetectorOptions.CheckpointPath)} is of no use on a cluster, whose silos come and go: leave it out; what is lost is trained anew.", nameof(options));
        RowsJob.RequireTravelling(options, nameof(options));
        _trainer = context.AnomalyDetection.Trainers.Detector(_options, rows.FeatureColumnName, rows.LabelColumnName, rows.NormalLabel);
        Method = DetectorRegistry.For(_options);
        _name = $"{name} ({Method.Name})";
    }

    private DetectorDescriptor Method { get; }

    private bool HasParts => _options.PartCount > 1;

    /// <summary>The model, when it is there.</summary>
    public AnomalyDetectorTransformer? Model { get; private set; }

    /// <summary>Its jobs of this attempt.</summary>
    public IReadOnlyList<Job> Jobs
    {
        get
        {
            string options = Method.ToJson(_options);
            return [.. Enumerable.Range(0, _options.PartCount).Select(part => new FitJob
            {
                Name = HasParts ? $"{_name}, member {part + 1} of {_options.PartCount}" : _name,
                Method = Method.Name,
                Options = options,
                Rows = _rows,
                Part = HasParts ? part : null,
                Attempt = _attempt,
            })];
        }
    }

    /// <summary>Makes the model of what the jobs gave; where they are to begin anew there is none afterwards.</summary>
    /// <exception cref="TrainingDivergedException">Training diverged in the last attempt.</exception>
    /// <exception cref="InvalidOperationException">Silos read other rows.</exception>
    public void Join(JobStatus[] done, CancellationToken cancellation)
    {
        if (Array.Find(done, status => status.State == JobState.Diverged) is { } diverged)
        {
            BeginAnew(diverged.Failure);
            return;
        }

        FitResult[] results = [.. done.Select(status => FitResult.Of(status.Result))];
        if (HasParts)
        {
            JoinParts(done, results, cancellation);
            return;
        }

        Detector detector = DetectorFile.Load(new MemoryStream(results[0].Trained));
        Model = new AnomalyDetectorTransformer(_context, detector, _rows.FeatureColumnName, new VectorDataViewType(NumberDataViewType.Single, detector.Columns), detector.Threshold);
    }

    private void JoinParts(JobStatus[] done, FitResult[] results, CancellationToken cancellation)
    {
        try
        {
            Model = _trainer.Train(_rows.Open(_context), (detector, table) =>
            {
                cancellation.ThrowIfCancellationRequested();
                byte[] identity = FitResult.Identify(table);
                int other = Array.FindIndex(results, result => !result.Rows.AsSpan().SequenceEqual(identity));
                if (other >= 0)
                    throw DetectorClusterExtensions.OtherRows(Jobs[other].Name, done[other].Silo, _rows);
                detector.FitFromParts(table.Normal, table.Anomalies, new FitParts([.. results.Select(result => result.Trained)], _attempt));
            });
        }
        catch (TrainingDivergedException failure) when (_attempt < NetworkDetector.MaximumRestarts)
        {
            BeginAnew(failure.Message);
        }
    }

    // A detector without parts has begun anew by itself, as often as it may.
    private void BeginAnew(string reason)
    {
        if (!HasParts)
            throw new TrainingDivergedException(reason);
        if (_attempt == NetworkDetector.MaximumRestarts)
            throw NetworkDetector.GivenUp(reason);
        _attempt++;
    }
}
