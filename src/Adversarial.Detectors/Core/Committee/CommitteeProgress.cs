using System.Diagnostics;

namespace Adversarial.Detectors;

/// <summary>One report of all members that train, some at a time: each counts alike, whatever its steps.</summary>
internal sealed class CommitteeProgress(IProgress<TrainingProgress>? listener, int members)
{
    private const long StepsOfAMember = 1_000_000_000;

    private readonly ProgressReporter _reporter = new(listener);
    private readonly double[] _fractions = new double[members];
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly object _lock = new();
    private TrainingProgress? _last;

    /// <summary>What a member reports to.</summary>
    public IProgress<TrainingProgress> Of(int member, string name) => new Listener(this, member, name);

    /// <summary>A member is done.</summary>
    public void Complete(int member)
    {
        lock (_lock)
            _fractions[member] = 1;
    }

    /// <summary>All are done; says so unless a member's last report did.</summary>
    public void Complete()
    {
        if (_last is { } last && last.Step < last.NumberOfSteps)
            _reporter.Report(last with { Step = last.NumberOfSteps, Elapsed = _time.Elapsed, EndOfEpoch = true, Warning = null, RestartReason = null });
    }

    private void Report(int member, string name, TrainingProgress progress)
    {
        lock (_lock)
        {
            _fractions[member] = Math.Max(_fractions[member], progress.Epoch == 0 ? 0 : progress.Fraction);
            progress = progress with
            {
                Phase = $"{name}: {progress.Phase}",
                Step = (long)(_fractions.Sum() * StepsOfAMember),
                NumberOfSteps = members * StepsOfAMember,
                Elapsed = _time.Elapsed,
                EstimatedRemaining = null,
                Warning = progress.Warning is { } warning ? $"{name}: {warning}" : null,
                RestartReason = progress.RestartReason is { } reason ? $"{name}: {reason}" : null,
            };
            if (progress.Losses.Count > 0)
                _last = progress;
            _reporter.Report(progress);
        }
    }

    private sealed class Listener(CommitteeProgress all, int member, string name) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => all.Report(member, name, value);
    }
}
