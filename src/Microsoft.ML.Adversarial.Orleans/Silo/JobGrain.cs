using System.Diagnostics;
using Adversarial.Detectors;
using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>Runs one job on a thread of its own, beside the silo's scheduler, when a core is free.</summary>
[ActivationCountBasedPlacement]
internal sealed class JobGrain(JobContext context, ILocalSiloDetails silo) : Grain, IJobGrain
{
    // Whoever wants the result asks every few seconds: after so long nobody does.
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(2);

    // The rest of a message is small.
    private const int ReservedBytes = 1 << 16;

    // A call that is to fail soon where the silo is lost is not to carry more.
    private const int MostBytesOfPoll = 1 << 20;

    private Work? _work;

    public Task<JobStatus> StartAsync(Job job)
    {
        _work ??= new Work(job, context);
        return PollAsync(TimeSpan.Zero);
    }

    public async Task<JobStatus> PollAsync(TimeSpan wait)
    {
        if (_work is not { } work)
            return Status(JobState.Unknown);
        work.Stop.CancelAfter(_lease);
        if (!work.Result.IsCompleted && wait > TimeSpan.Zero)
            await Task.WhenAny(work.Result, Task.Delay(wait));
        return StatusOf(work, MostBytesOfPoll);
    }

    public Task<JobStatus> FetchAsync() => Task.FromResult(_work is { } work ? StatusOf(work, int.MaxValue) : Status(JobState.Unknown));

    public Task ForgetAsync()
    {
        End();
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        End();
        return Task.CompletedTask;
    }

    private void End()
    {
        _work?.Stop.Cancel();
        _work = null;
    }

    private JobStatus StatusOf(Work work, int mostBytes)
    {
        if (!work.Result.IsCompleted)
            return Status(work.IsRunning ? JobState.Running : JobState.Queued);
        if (work.Result.IsCanceled)
        {
            _work = null;
            return Status(JobState.Unknown);
        }

        if (work.Result.Exception is { } failure)
        {
            Exception reason = failure.InnerException ?? failure;
            return Status(StateOf(reason), failure: $"{reason.GetType().Name}: {reason.Message}", seconds: work.Seconds);
        }

        byte[] result = work.Result.Result;
        return result.Length > context.MostResultBytes - ReservedBytes
            ? Status(JobState.Failed, failure: $"The result has {result.Length:N0} bytes, and a message takes {context.MostResultBytes:N0}: raise MaxMessageBodySize of SiloMessagingOptions and ClientMessagingOptions, or make the model smaller.")
            : Status(result.Length > mostBytes ? JobState.DoneAndLarge : JobState.Done, result.Length > mostBytes ? [] : result, seconds: work.Seconds);
    }

    private static JobState StateOf(Exception failure) => failure switch
    {
        TrainingDivergedException => JobState.Diverged,
        IOException or UnauthorizedAccessException or OutOfMemoryException => JobState.FailedHere,
        _ => JobState.Failed,
    };

    private JobStatus Status(JobState state, byte[]? result = null, string failure = "", double seconds = 0) => new()
    {
        State = state,
        Result = result ?? [],
        Failure = failure,
        Silo = $"{silo.Name} at {silo.SiloAddress.Endpoint}",
        Address = silo.SiloAddress,
        Slots = context.Slots,
        Seconds = seconds,
    };

    /// <summary>A job that was begun.</summary>
    private sealed class Work
    {
        public Work(Job job, JobContext context) => Result = RunAsync(job, context);

        public CancellationTokenSource Stop { get; } = new();

        public Task<byte[]> Result { get; }

        public bool IsRunning { get; private set; }

        public double Seconds { get; private set; }

        private async Task<byte[]> RunAsync(Job job, JobContext context)
        {
            CancellationToken token = Stop.Token;
            using IDisposable slot = await context.TakeSlotAsync(token);
            IsRunning = true;
            long begun = Stopwatch.GetTimestamp();
            try
            {
                return await Task.Factory.StartNew(() => job.Run(context, token), token, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
            }
            finally
            {
                Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            }
        }
    }
}
