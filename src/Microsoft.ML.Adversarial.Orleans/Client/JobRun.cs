using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Orleans;
using Orleans.Runtime;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>Hands jobs to a cluster, so many at a time, and brings their results, whatever silos come and go.</summary>
internal sealed class JobRun(IClusterClient client, ClusterJobOptions options)
{
    private static readonly TimeSpan _silosInterval = TimeSpan.FromSeconds(3);

    private readonly object _telling = new();
    private readonly SiloLoads _silos = new();
    private int _total;
    private int _done;

    /// <summary>Runs all of them.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">Ends those that run, too.</param>
    /// <param name="ended">Is told of each job that has ended, by its place; may be called from several threads at a time.</param>
    /// <returns>How each ended, in the order of the jobs: done, or diverged.</returns>
    /// <exception cref="ClusterJobException">One failed; the others are given up.</exception>
    public async Task<JobStatus[]> RunAsync(IReadOnlyList<Job> jobs, CancellationToken cancellation, Action<int, JobStatus>? ended = null)
    {
        _total += jobs.Count;
        string run = Guid.NewGuid().ToString("N");
        var results = new JobStatus[jobs.Count];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var signal = new SemaphoreSlim(0);
        int inFlight = 0, next = 0;
        Exception? failed = null;
        async Task Follow(int index)
        {
            try
            {
                await RunAsync($"{run}-{index}", index, jobs[index], results, stop.Token);
                ended?.Invoke(index, results[index]);
            }
            catch (Exception failure)
            {
                // The first one says what is wrong; the others are given up.
                if (Interlocked.CompareExchange(ref failed, failure, null) is null)
                    await stop.CancelAsync();
            }
            finally
            {
                Interlocked.Decrement(ref inFlight);
                signal.Release();
            }
        }

        long asked = 0;
        while (inFlight > 0 || (next < jobs.Count && failed is null))
        {
            if (options.JobsInFlight is null && failed is null && (asked == 0 || Stopwatch.GetElapsedTime(asked) > _silosInterval))
            {
                await CountSilosAsync(stop.Token);
                asked = Stopwatch.GetTimestamp();
            }

            for (int most = options.JobsInFlight ?? 2 * _silos.Slots; next < jobs.Count && inFlight < most && failed is null; next++)
            {
                Interlocked.Increment(ref inFlight);
                _ = Follow(next);
            }

            await signal.WaitAsync(_silosInterval, CancellationToken.None);
        }

        cancellation.ThrowIfCancellationRequested();
        if (failed is not null)
            ExceptionDispatchInfo.Throw(failed);
        return results;
    }

    private async Task RunAsync(string id, int index, Job job, JobStatus[] results, CancellationToken cancellation)
    {
        results[index] = await new JobWatch(client, options, _silos, id, job, Tell).RunAsync(cancellation);
        lock (_telling)
        {
            _done++;
            options.Progress?.Report(new ClusterProgress(_done, _total, job.Name, results[index].Silo, results[index].Seconds, Warning: null));
        }
    }

    private void Tell(Job job, string silo, string warning)
    {
        lock (_telling)
            options.Progress?.Report(new ClusterProgress(_done, _total, job.Name, silo, 0, warning));
    }

    // Where nobody answers, the jobs themselves will say so.
    private async Task CountSilosAsync(CancellationToken cancellation)
    {
        try
        {
            var hosts = await client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true).WaitAsync(_silosInterval, cancellation);
            _silos.Update([.. hosts.Keys]);
        }
        catch (Exception)
        {
        }
    }
}
