using Adversarial.Detectors;
using Microsoft.ML.Data;
using Orleans;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>Fits and scores anomaly detectors on a cluster whose silos call <see cref="global::Orleans.Hosting.DetectorSiloBuilderExtensions.AddAnomalyDetection"/>.</summary>
public static partial class DetectorClusterExtensions
{
    /// <summary>
    /// Fits a detector on the cluster: the members of an ensemble or a committee as a job each, another detector as one job. The model is, to the bit, the one
    /// that <see cref="AdversarialCatalog.Detector"/> with the same options and seed gives in one process.
    /// </summary>
    /// <param name="client">The cluster.</param>
    /// <param name="context">The context of the model.</param>
    /// <param name="options">The method's options: <c>new VaeOptions()</c>. They are copied; without a seed one is drawn.</param>
    /// <param name="rows">The rows. The caller reads them too where it has members to join: it scores them all once.</param>
    /// <param name="jobs">Deadline, retries and progress; null: the default ones.</param>
    /// <param name="cancellationToken">Ends the jobs, too.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or of no use on a cluster.</exception>
    /// <exception cref="ClusterJobException">A job failed, for good or too often, or its deadline is over.</exception>
    /// <exception cref="TrainingDivergedException">Training diverged or collapsed, also after two restarts.</exception>
    /// <exception cref="InvalidOperationException">The rows are no rows to train on, or silos read others than the caller.</exception>
    public static async Task<AnomalyDetectorTransformer> FitAsync(this IClusterClient client, MLContext context, DetectorOptions options, ClusterRows rows, ClusterJobOptions? jobs = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (await client.FitAllAsync(context, [options], rows, jobs, cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Fits many detectors to the same rows, all of their jobs at a time: seeds, or several methods. See <see cref="FitAsync"/>.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="context">The context of the models.</param>
    /// <param name="options">Options of each, of any methods.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="jobs">Deadline, retries and progress; null: the default ones.</param>
    /// <param name="cancellationToken">Ends the jobs, too.</param>
    /// <returns>The models, in the order of the options.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or of no use on a cluster.</exception>
    /// <exception cref="ClusterJobException">A job failed, for good or too often, or its deadline is over.</exception>
    /// <exception cref="TrainingDivergedException">Training diverged or collapsed, also after two restarts.</exception>
    /// <exception cref="InvalidOperationException">The rows are no rows to train on, or silos read others than the caller.</exception>
    public static async Task<IReadOnlyList<AnomalyDetectorTransformer>> FitAllAsync(this IClusterClient client, MLContext context, IReadOnlyList<DetectorOptions> options, ClusterRows rows, ClusterJobOptions? jobs = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rows);
        ClusterFit[] fits = [.. options.Select((own, index) => new ClusterFit(context, own, rows, options.Count > 1 ? $"fit {index + 1} of {options.Count}" : "fit"))];
        jobs = Checked(jobs);
        var run = new JobRun(client, jobs);
        for (ClusterFit[] left = fits; left.Length > 0; left = [.. left.Where(fit => fit.Model is null)])
        {
            JobStatus[] done = await run.RunAsync([.. left.SelectMany(fit => fit.Jobs)], cancellationToken).ConfigureAwait(false);
            int at = 0;
            foreach (ClusterFit fit in left)
            {
                JobStatus[] own = done[at..(at += fit.Jobs.Count)];
                await Task.Run(() => fit.Join(own, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        }

        return [.. fits.Select(fit => fit.Model!)];
    }

    private static ClusterJobOptions Checked(ClusterJobOptions? jobs)
    {
        jobs ??= new ClusterJobOptions();
        jobs.Validate();
        return jobs;
    }
}
