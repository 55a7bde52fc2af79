using Adversarial.Detectors;
using Microsoft.ML.Runtime;
using Orleans;

namespace Microsoft.ML.Adversarial.Orleans;

/// <content>Sweeps.</content>
public static partial class DetectorClusterExtensions
{
    /// <summary>
    /// Tries values of a method's options, each trial as a job of the cluster. Trials, choice and model are, to the bit, those of
    /// <see cref="AdversarialCatalog.Sweep(AnomalyDetectionCatalog, IDataView, SweepOptions)"/> with the same options and seed; the seconds differ.
    /// </summary>
    /// <param name="client">The cluster.</param>
    /// <param name="context">The context of the model.</param>
    /// <param name="options">What is searched, and how; its columns are those of the rows, and <see cref="SweepOptions.NumberOfThreads"/> is of the last fit alone, which the caller makes.</param>
    /// <param name="rows">The rows, which the caller reads too.</param>
    /// <param name="jobs">Deadline, retries and progress; null: the default ones.</param>
    /// <param name="cancellationToken">Ends the jobs, too, as the options' token does.</param>
    /// <returns>The trials and the best one's model; a trial that fails says why, and the others go on.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or of no use on a cluster.</exception>
    /// <exception cref="ClusterJobException">A job was lost too often, or its deadline is over.</exception>
    /// <exception cref="InvalidOperationException">There are too few rows or anomalies, no trial has a result, or silos read other rows than the caller.</exception>
    public static async Task<DetectorSweep> SweepAsync(this IClusterClient client, MLContext context, SweepOptions options, ClusterRows rows, ClusterJobOptions? jobs = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rows);
        jobs = Checked(jobs);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken, cancellationToken);
        SweepOptions own = options.Copy();
        (own.FeatureColumnName, own.LabelColumnName, own.NormalLabel) = (rows.FeatureColumnName, rows.LabelColumnName, rows.NormalLabel);
        own.CancellationToken = either.Token;
        own.Validate();
        RowsJob.RequireTravelling(own.Options, nameof(options));
        IHost host = ((IHostEnvironment)context).Register(nameof(SweepAsync));
        var run = new JobRun(client, jobs);
        var sweep = new SweepRun(context.AnomalyDetection, own, host, (rung, token) => Run(run, own, rows, rung, token));
        return await Task.Run(() =>
        {
            using IChannel channel = host.Start("Sweeping");
            return sweep.Run(rows.Open(context), channel);
        }, either.Token).ConfigureAwait(false);
    }

    private static void Run(JobRun run, SweepOptions options, ClusterRows rows, SweepRung rung, CancellationToken cancellation)
    {
        DetectorOptions given = options.Options ?? DetectorRegistry.Get(options.Method).CreateOptions();
        DetectorDescriptor method = DetectorRegistry.For(given);
        byte[] identity = FitResult.Identify(rung.Table);
        TrialJob[] jobs = [.. rung.Trials.Select(trial => new TrialJob
        {
            Name = $"trial {trial.Number} of {method.Name}",
            Method = method.Name,
            Options = method.ToJson(given),
            Rows = rows,
            Number = trial.Number,
            Values = new Dictionary<string, string>(trial.Values),
            Share = rung.Share,
            Seed = rung.Seed,
            Metric = (int)options.Metric,
            FalseAlarmRate = options.FalseAlarmRate,
            TestFraction = options.TestFraction,
            ValidationFraction = options.ValidationFraction,
            MaximumRows = options.MaximumRows,
        })];
        run.RunAsync(jobs, cancellation, (index, status) =>
        {
            TrialResult result = TrialResult.Of(status.Result);
            if (!result.Rows.AsSpan().SequenceEqual(identity))
                throw OtherRows(jobs[index].Name, status.Silo, rows);
            rung.Keep(rung.Trials[index] with { RowShare = rung.Share, Criterion = result.Criterion, FitSeconds = result.Seconds, Failure = result.Failure });
        }).GetAwaiter().GetResult();
    }

    internal static InvalidOperationException OtherRows(string job, string silo, ClusterRows rows) =>
        new($"{job}: silo {silo} read other rows than the caller from '{rows.File}'. See that all silos and the caller find the same file there, and that nobody writes to it.");
}
