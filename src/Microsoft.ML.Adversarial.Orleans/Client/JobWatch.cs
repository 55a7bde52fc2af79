using System.Diagnostics;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Serialization;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>Looks after one job from its start to its end: asks again and again, and begins it anew where its silo is lost.</summary>
internal sealed class JobWatch(IClusterClient client, ClusterJobOptions options, SiloLoads silos, string id, Job job, Action<Job, string, string> warn)
{
    // As long as a call waits for the job's end: the longer, the fewer calls; a loss is noticed by the call that fails.
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(300);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private int _tries = 1;
    private string? _silo;
    private SiloAddress? _place;
    private string _suffix = "";

    private IJobGrain Grain => client.GetGrain<IJobGrain>(id + _suffix);

    /// <exception cref="ClusterJobException">It failed, or time is over.</exception>
    public async Task<JobStatus> RunAsync(CancellationToken cancellation)
    {
        try
        {
            JobStatus ended = await FollowAsync(cancellation);
            Forget();
            return ended;
        }
        catch
        {
            Forget();
            throw;
        }
        finally
        {
            silos.Release(_place);
        }
    }

    // A grain that is up already stays where it is.
    private Task<JobStatus> StartAsync()
    {
        silos.Release(_place);
        _place = silos.Take();
        if (_place is null)
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        else
            RequestContext.Set(IPlacementDirector.PlacementHintKey, _place);
        return Grain.StartAsync(job);
    }

    private void Note(JobStatus status)
    {
        silos.Move(_place, status.Address);
        silos.Learn(status.Address, status.Slots);
        (_silo, _place) = (status.Silo, status.Address);
    }

    private async Task<JobStatus> FollowAsync(CancellationToken cancellation)
    {
        bool isBegun = false, isLarge = false;
        long answered = Stopwatch.GetTimestamp();
        while (true)
        {
            RequireTime();
            JobStatus status;
            try
            {
                Task<JobStatus> call = !isBegun ? StartAsync() : isLarge ? Grain.FetchAsync() : Grain.PollAsync(_wait);
                status = await call.WaitAsync(Left, cancellation);
                answered = Stopwatch.GetTimestamp();
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested && IsOfTheWay(failure))
            {
                if (Stopwatch.GetElapsedTime(answered) > options.AnswerTimeout)
                    throw Error($"no silo has answered for {options.AnswerTimeout}: {failure.Message} See that silos run, that they share the caller's clustering, and that they call AddAnomalyDetection.", failure);
                await Task.Delay(_pause, cancellation);
                continue;
            }

            if (status.State == JobState.Unknown && isBegun)
            {
                Again($"silo {_silo} was lost");
                isBegun = isLarge = false;
                continue;
            }

            Note(status);
            isBegun = true;
            switch (status.State)
            {
                case JobState.Done or JobState.Diverged:
                    return status;
                case JobState.DoneAndLarge:
                    isLarge = true;
                    break;
                case JobState.Failed:
                    throw Error(status.Failure);
                case JobState.FailedHere:
                    Again($"{status.Failure} (silo {_silo})");
                    Forget();
                    // Another grain, which may come up on another silo.
                    _suffix = $"-{_tries}";
                    isBegun = false;
                    await Task.Delay(_pause, cancellation);
                    break;
            }
        }
    }

    private TimeSpan Left => options.Deadline - Stopwatch.GetElapsedTime(_begun) is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private void RequireTime()
    {
        if (Left == TimeSpan.Zero)
            throw Error($"the deadline of {options.Deadline} is over: raise option {nameof(ClusterJobOptions.Deadline)}, or add silos.");
    }

    private void Again(string reason)
    {
        if (_tries > options.NumberOfRetries)
            throw Error($"{reason}. Option {nameof(ClusterJobOptions.NumberOfRetries)} is {options.NumberOfRetries}.");
        _tries++;
        warn(job, _silo ?? "", reason);
    }

    private ClusterJobException Error(string reason, Exception? cause = null) => new(job.Name, _silo, _tries, reason, cause);

    // Jobs tell their failures in what they answer: what is thrown is of the way there and back. What cannot be written as a message never will be.
    private static bool IsOfTheWay(Exception failure) => failure is not (ObjectDisposedException or SerializerException);

    // If it fails the grain ends by itself, when nobody has asked for long.
    private void Forget() => _ = Grain.ForgetAsync().ContinueWith(done => _ = done.Exception, TaskScheduler.Default);
}
