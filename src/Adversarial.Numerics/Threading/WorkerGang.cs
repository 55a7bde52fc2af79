using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Adversarial.Numerics;

/// <summary>
/// A gang of workers, the calling thread included. Between jobs the workers spin for a moment and then sleep; a job is offered to
/// them, not handed to them: the caller works through the parts itself, and a worker that comes late finds nothing left to do, so
/// a gang is never slower than its caller by more than the offer. Running a job allocates nothing.
/// </summary>
/// <remarks>
/// One job at a time: a gang that is already busy, on another thread or further up the stack, runs a job on the caller alone.
/// </remarks>
public sealed unsafe class WorkerGang : IDisposable
{
    // About a tenth of a millisecond: longer than what lies between two products of a training step.
    private const int SpinsBeforeSleep = 3000;

    private const int Closed = 1 << 30;

    private readonly Worker[] _workers;
    private int _busy;
    private volatile bool _disposed;

    // The offer: parts are taken by number; the job's address is read only between joining and leaving.
    private int _generation;
    private int _joined;
    private int _next;
    private int _parts;
    private void* _job;
    private delegate*<void*, int, void> _run;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts a gang.</summary>
    /// <param name="threads">The number of threads, the caller included; at least 1.</param>
    public WorkerGang(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        _workers = new Worker[threads - 1];
        for (int i = 0; i < _workers.Length; i++)
            _workers[i] = new Worker(this, i + 1);
    }

    /// <summary>A gang of the calling thread alone; needs no disposal and may be shared by any number of threads.</summary>
    public static WorkerGang Single { get; } = new(1);

    /// <summary>The number of threads, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Runs all parts of a job and returns when the last is done.</summary>
    /// <typeparam name="TJob">The job's type.</typeparam>
    /// <param name="job">The job; all threads work on the same instance.</param>
    /// <param name="parts">The number of parts.</param>
    /// <exception cref="Exception">Whatever a part throws first; the other parts may then be left undone.</exception>
    public void Run<TJob>(ref TJob job, int parts)
        where TJob : struct, IParallelJob
    {
        if (parts <= 1 || _workers.Length == 0 || _disposed || Interlocked.Exchange(ref _busy, 1) != 0)
        {
            for (int part = 0; part < parts; part++)
                job.Run(part);
            return;
        }

        try
        {
            // The copy lies on this stack, which does not move and outlives the job.
            TJob local = job;
            Offer(Unsafe.AsPointer(ref local), &RunPart<TJob>, parts);
            job = local;
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>Ends the workers; not from within a job. Jobs that are run later run on the caller alone.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (Worker worker in _workers)
            worker.Ring();
        foreach (Worker worker in _workers)
            worker.End();
    }

    private static void RunPart<TJob>(void* job, int part)
        where TJob : struct, IParallelJob => Unsafe.AsRef<TJob>(job).Run(part);

    private void Offer(void* job, delegate*<void*, int, void> run, int parts)
    {
        _job = job;
        _run = run;
        _parts = parts;
        _failure = null;
        Volatile.Write(ref _next, 0);

        // An odd generation is open to join; the count of those who joined is closed with it.
        Interlocked.Exchange(ref _joined, 0);
        Interlocked.Increment(ref _generation);
        foreach (Worker worker in _workers)
            worker.Wake();

        Work();

        // From here on nobody may join; those inside finish the part they have.
        int inside = Interlocked.Or(ref _joined, Closed);
        SpinWait spin = default;
        while (inside != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            inside = Volatile.Read(ref _joined) & ~Closed;
        }

        Interlocked.Increment(ref _generation);
        _failure?.Throw();
    }

    private void Work()
    {
        try
        {
            for (int part = Interlocked.Increment(ref _next) - 1; part < _parts; part = Interlocked.Increment(ref _next) - 1)
                _run(_job, part);
        }
        catch (Exception exception)
        {
            Volatile.Write(ref _next, int.MaxValue / 2);
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    private void Join()
    {
        int joined = Volatile.Read(ref _joined);
        while ((joined & Closed) == 0)
        {
            int seen = Interlocked.CompareExchange(ref _joined, joined + 1, joined);
            if (seen == joined)
            {
                Work();
                Interlocked.Decrement(ref _joined);
                return;
            }

            joined = seen;
        }
    }

    private sealed class Worker
    {
        private readonly WorkerGang _gang;
        private readonly AutoResetEvent _bell = new(false);
        private readonly Thread _thread;
        private int _asleep;

        public Worker(WorkerGang gang, int number)
        {
            _gang = gang;
            _thread = new Thread(Live) { IsBackground = true, Name = $"Numerics worker {number}" };
            _thread.Start();
        }

        public void Wake()
        {
            if (Volatile.Read(ref _asleep) != 0 && Interlocked.Exchange(ref _asleep, 0) != 0)
                _bell.Set();
        }

        public void Ring() => _bell.Set();

        public void End()
        {
            _thread.Join();
            _bell.Dispose();
        }

        private void Live()
        {
            int seen = 0;
            while (!_gang._disposed)
            {
                int generation = Await(seen);
                if (generation == seen)
                    continue;
                seen = generation;
                if ((generation & 1) != 0)
                    _gang.Join();
            }
        }

        private int Await(int seen)
        {
            for (int i = 0; i < SpinsBeforeSleep; i++)
            {
                int generation = Volatile.Read(ref _gang._generation);
                if (generation != seen || _gang._disposed)
                    return generation;
                Thread.SpinWait(1);
            }

            // Whoever changes the generation after this line finds the worker asleep and rings.
            Interlocked.Exchange(ref _asleep, 1);
            if (Volatile.Read(ref _gang._generation) == seen && !_gang._disposed)
                _bell.WaitOne();
            Interlocked.Exchange(ref _asleep, 0);
            return Volatile.Read(ref _gang._generation);
        }
    }
}
