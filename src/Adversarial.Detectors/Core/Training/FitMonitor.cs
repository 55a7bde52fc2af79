using System.Diagnostics;

namespace Adversarial.Detectors;

/// <summary>
/// Progress and cancellation of a fit that is no training loop: counts steps from any number of threads, reports some times a second and once
/// at the end, and ends the fit where that is asked for.
/// </summary>
internal sealed class FitMonitor
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan _longestSilence = TimeSpan.FromSeconds(0.8);

    private readonly ProgressReporter _reporter;
    private readonly CancellationToken _token;
    private readonly string _phase;
    private readonly long _steps;
    private readonly object _lock = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _done;
    private TimeSpan _reported;
    private NamedLoss[] _losses = [];

    /// <summary>Begins a fit of so many steps; throws if it is cancelled already.</summary>
    public FitMonitor(DetectorOptions options, string phase, long steps)
    {
        _reporter = new ProgressReporter(options.Progress);
        _token = options.CancellationToken;
        _phase = phase;
        _steps = Math.Max(steps, 1);
        _token.ThrowIfCancellationRequested();
    }

    /// <summary>Shows that the fit goes on, between steps; throws where it is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It is.</exception>
    public void Check() => Count(0, _longestSilence, []);

    /// <summary>Counts steps; their sum may stay below the steps of the fit, and what goes beyond is not reported.</summary>
    /// <exception cref="OperationCanceledException">The fit is cancelled.</exception>
    public void Advance(long steps, params ReadOnlySpan<NamedLoss> losses) => Count(steps, steps > 0 ? _interval : _longestSilence, losses);

    private void Count(long steps, TimeSpan interval, ReadOnlySpan<NamedLoss> losses)
    {
        _token.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _done += steps;
            if (losses.Length > 0)
                _losses = losses.ToArray();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(_start);
            if (_done >= _steps || elapsed - _reported < interval)
                return;
            _reported = elapsed;
            Report(_done, elapsed, losses);
        }
    }

    /// <summary>Reports that all steps are done, with the losses that were told last where none are given.</summary>
    public void Complete(params ReadOnlySpan<NamedLoss> losses)
    {
        Report(_steps, Stopwatch.GetElapsedTime(_start), losses.Length > 0 ? losses : _losses);
        _token.ThrowIfCancellationRequested();
    }

    /// <summary>Tells what is to be known of the fit, before its first step.</summary>
    public void Note(string warning) => _reporter.Report(TrainingProgress.Note(warning));

    /// <summary>Does something for blocks of rows, of which each is a step for each of its rows, on some threads with an object of its own each.</summary>
    public void ForBlocks<TLocal>(int rows, int blockRows, int threads, Func<TLocal> create, Action<TLocal, int, int> work)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = _token };
        Parallel.For(0, (rows + blockRows - 1) / blockRows, parallel, create, (block, _, local) =>
        {
            int start = block * blockRows, count = Math.Min(blockRows, rows - start);
            work(local, start, count);
            Advance(count);
            return local;
        }, _ => { });
    }

    private void Report(long step, TimeSpan elapsed, ReadOnlySpan<NamedLoss> losses) => _reporter.Report(new TrainingProgress
    {
        Phase = _phase,
        Epoch = 1,
        NumberOfEpochs = 1,
        Step = step,
        NumberOfSteps = _steps,
        Attempt = 0,
        Losses = losses.ToArray(),
        Elapsed = elapsed,
        EstimatedRemaining = step == 0 ? null : elapsed * ((double)(_steps - step) / step),
        EndOfEpoch = step == _steps,
    });
}
