namespace Adversarial.Numerics;

/// <summary>A gang of workers, the calling thread included.</summary>
public sealed class WorkerGang : IDisposable
{
    /// <summary>Starts a gang.</summary>
    /// <param name="threads">The number of threads, the caller included; at least 1.</param>
    public WorkerGang(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
    }

    /// <summary>A gang of the calling thread alone; needs no disposal and may be shared by any number of threads.</summary>
    public static WorkerGang Single { get; } = new(1);

    /// <summary>The number of threads, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Runs all parts of a job and returns when the last is done.</summary>
    /// <typeparam name="TJob">The job's type.</typeparam>
    /// <param name="job">The job; all threads work on the same instance.</param>
    /// <param name="parts">The number of parts.</param>
    public void Run<TJob>(ref TJob job, int parts)
        where TJob : struct, IParallelJob
    {
        for (int part = 0; part < parts; part++)
            job.Run(part);
    }

    /// <summary>Ends the workers.</summary>
    public void Dispose()
    {
    }
}
