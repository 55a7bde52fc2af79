using System.Diagnostics;
using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>Runs the phases of a method: epochs, shuffling, batches with the short last one, progress, cancellation, divergence.</summary>
internal sealed class TrainingLoop
{
    // Purposes of random streams that are no step's: far above the phases' numbers.
    private const ulong ShufflePurpose = 1UL << 60;

    private static readonly TimeSpan _reportInterval = TimeSpan.FromSeconds(1);

    private readonly TrainingData _data;
    private readonly ulong _seed;
    private readonly int _batchSize;
    private readonly int[] _order;
    private readonly OtherBatches _others;
    private readonly float[] _batch;
    private readonly Tape _tape;
    private readonly NoiseSource _noise;
    private readonly LossLog _losses = new();
    private readonly TrainingStep _step;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ProgressReporter _reporter;
    private readonly CancellationToken _cancellation;
    private readonly int _maximumSteps;
    private readonly TimeSpan _checkpointInterval;
    private TimeSpan _lastReport;
    private TimeSpan _lastCheckpoint;
    private TimeSpan _lastStep;
    private long _untimedSteps;
    private string? _warning;

    /// <summary>Share of the steps that were done when training was cancelled, in [0, 1]; null where it was not.</summary>
    public double? CancelledAt { get; private set; }

    public TrainingLoop(TrainingData data, IDevice device, ulong seed, int batchSize, NetworkDetectorOptions options)
    {
        _data = data;
        _seed = seed;
        _batchSize = Math.Min(batchSize, data.Rows);
        _order = new int[data.Rows];
        _batch = new float[_batchSize * data.Normal.Columns];
        _tape = new Tape(device);
        _noise = new NoiseSource(seed);
        _others = new OtherBatches(data, seed);
        _step = new TrainingStep(_tape, _noise, data, _others, _losses);
        _reporter = new ProgressReporter(options.Progress);
        _cancellation = options.CancellationToken;
        _maximumSteps = options.MaximumNumberOfSteps ?? int.MaxValue;
        _checkpointInterval = options.CheckpointInterval;
    }

    private int StepsPerEpoch => (_data.Rows + _batchSize - 1) / _batchSize;

    /// <summary>Runs all phases.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; networks stand as after the last step.</exception>
    public void Run(IReadOnlyList<TrainingPhase> phases, int attempt, FitCheckpoint? checkpoint = null) => Run(phases, attempt, checkpoint, 0, phases.Count);

    /// <summary>Runs some of the phases, as they run among all.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; networks stand as after the last step.</exception>
    public void Run(IReadOnlyList<TrainingPhase> phases, int attempt, FitCheckpoint? checkpoint, int first, int count)
    {
        TrainingPosition at = checkpoint?.ResumeNetworks(found => StepsDone(phases, found)) ?? new TrainingPosition(first, 0, 0, 0, phases.Take(first).Sum(StepsOf));
        long steps = phases.Sum(StepsOf);
        var pace = new TrainingPace([.. phases.Select(phase => (phase, StepsOf(phase)))]);
        for (int p = at.Phase; p < first + count; p++)
        {
            TrainingPhase phase = phases[p];
            BestWeights? best = phase.EarlyStopping is { } rule ? new BestWeights(rule) : null;
            checkpoint?.ResumePhase(phase, best);
            var run = new PhaseRun(phase, p, phases.Take(p + 1).Sum(StepsOf), best, steps, attempt, checkpoint, pace);
            try
            {
                while (at.Step < run.End)
                    at = RunEpoch(run, at) with { Epoch = at.Epoch + 1, Row = 0, OtherRows = 0 };
            }
            finally
            {
                best?.Restore();
                foreach (ExponentialAverage average in phase.Averages)
                    average.Apply();
                foreach (Optimizer optimizer in phase.Optimizers.Except(phases.Skip(p + 1).SelectMany(later => later.Optimizers)))
                    optimizer.Release();
            }

            at = new TrainingPosition(p + 1, 0, 0, 0, run.End);
        }
    }

    private long StepsOf(TrainingPhase phase) =>
        Math.Min(Math.Min(_maximumSteps, phase.NumberOfSteps ?? int.MaxValue), (long)phase.NumberOfEpochs * StepsPerEpoch);

    /// <summary>Steps that the phase of a place has done there, or null where no training stands.</summary>
    private long? StepsDone(IReadOnlyList<TrainingPhase> phases, in TrainingPosition at)
    {
        if (at.Phase < 0 || at.Phase >= phases.Count)
            return null;
        TrainingPhase phase = phases[at.Phase];
        long first = phases.Take(at.Phase).Sum(StepsOf);
        return at.StepsDone(first, first + StepsOf(phase), phase.NumberOfEpochs, _data.Rows, _batchSize, phase.EarlyStopping is not null);
    }

    /// <summary>Trains from a place in an epoch to its end, or to the phase's.</summary>
    private TrainingPosition RunEpoch(PhaseRun run, TrainingPosition at)
    {
        RandomFill.Permutation(new RandomStream(_seed, ShufflePurpose + (ulong)run.Index, (ulong)at.Epoch), _order);
        _others.Begin(run.Index, at.Epoch, at.OtherRows);
        long first = run.End - StepsOf(run.Phase);
        while (at.Row < _data.Rows && at.Step < run.End)
        {
            StopWhereCancelled(run, at);
            int count = Math.Min(_batchSize, _data.Rows - at.Row);
            _tape.Reset();
            _noise.Begin((long)at.Epoch * StepsPerEpoch + at.Row / _batchSize, (uint)run.Index + 1);
            _step.Features = Gather(at.Row, count);
            _step.Index = at.Step - first;
            _step.Progress = _step.Index / (double)StepsOf(run.Phase);
            run.Phase.Step(_step);
            foreach (ExponentialAverage average in run.Phase.Averages)
                average.Update();
            at = at with { Row = at.Row + count, OtherRows = _others.Used, Step = at.Step + 1 };
            _untimedSteps++;
            bool last = at.Row == _data.Rows || at.Step == run.End;
            if (last && run.Best is not null && Stops(run.Best))
                at = at with { Step = run.End };
            if (last || _clock.Elapsed - _lastReport >= _reportInterval)
                Report(run, at, last);
            if (_clock.Elapsed - _lastCheckpoint >= _checkpointInterval)
                Save(run, at);
        }

        return at;
    }

    private void StopWhereCancelled(PhaseRun run, in TrainingPosition at)
    {
        if (!_cancellation.IsCancellationRequested)
            return;
        Save(run, at);
        CancelledAt = run.Steps == 0 ? 1 : at.Step / (double)run.Steps;
        _cancellation.ThrowIfCancellationRequested();
    }

    private void Save(PhaseRun run, in TrainingPosition at)
    {
        try
        {
            run.Checkpoint?.Save(at, run.Phase, run.Best);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A full disk must not end a training of hours; the next time may do.
            _warning = $"The checkpoint was not written: {failure.Message}";
        }

        _lastCheckpoint = _clock.Elapsed;
    }

    /// <summary>What stays the same through a phase; <paramref name="End"/> is the step of all phases at which it is done.</summary>
    private sealed record PhaseRun(TrainingPhase Phase, int Index, long End, BestWeights? Best, long Steps, int Attempt, FitCheckpoint? Checkpoint, TrainingPace Pace);

    private bool Stops(BestWeights best)
    {
        bool stops = best.Observe(out double value);
        _losses.Add("validation", value);
        return stops;
    }

    private Tensor Gather(int start, int count)
    {
        int columns = _data.Normal.Columns;
        _data.CopyRows(_order, start, count, _batch);
        return _tape.Constant(_batch.AsSpan(0, count * columns), count, columns);
    }

    private void Report(PhaseRun run, in TrainingPosition at, bool endOfEpoch)
    {
        _lastReport = _clock.Elapsed;
        run.Pace.Add(run.Phase, _lastReport - _lastStep, _untimedSteps);
        (_lastStep, _untimedSteps) = (_lastReport, 0);
        _reporter.Report(new TrainingProgress
        {
            Phase = run.Phase.Name,
            Epoch = at.Epoch + 1,
            NumberOfEpochs = run.Phase.NumberOfEpochs,
            Step = at.Step,
            NumberOfSteps = run.Steps,
            Attempt = run.Attempt,
            Losses = _losses.Take(),
            Elapsed = _lastReport,
            EstimatedRemaining = run.Pace.Remaining(run.Index, run.End - at.Step),
            EndOfEpoch = endOfEpoch,
            Warning = _warning,
        });
        _warning = null;
    }
}
