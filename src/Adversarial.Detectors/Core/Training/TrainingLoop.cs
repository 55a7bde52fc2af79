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
    private TimeSpan _lastReport;

    public TrainingLoop(TrainingData data, IDevice device, ulong seed, int batchSize, DetectorOptions options)
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
    }

    private int StepsPerEpoch => (_data.Rows + _batchSize - 1) / _batchSize;

    /// <exception cref="OperationCanceledException">Cancelled; networks stand as after the last step.</exception>
    public void Run(IReadOnlyList<TrainingPhase> phases, int attempt)
    {
        long steps = phases.Sum(StepsOf);
        long done = 0;
        for (int p = 0; p < phases.Count; p++)
        {
            TrainingPhase phase = phases[p];
            BestWeights? best = phase.EarlyStopping is { } rule ? new BestWeights(rule) : null;
            try
            {
                long end = done + StepsOf(phase);
                for (int epoch = 0; done < end; epoch++)
                    RunEpoch(phase, p, epoch, attempt, best, ref done, end, steps);
            }
            finally
            {
                best?.Restore();
                foreach (ExponentialAverage average in phase.Averages)
                    average.Apply();
            }
        }
    }

    private long StepsOf(TrainingPhase phase) =>
        Math.Min(Math.Min(_maximumSteps, phase.NumberOfSteps ?? int.MaxValue), (long)phase.NumberOfEpochs * StepsPerEpoch);

    private void RunEpoch(TrainingPhase phase, int index, int epoch, int attempt, BestWeights? best, ref long done, long end, long steps)
    {
        RandomFill.Permutation(new RandomStream(_seed, ShufflePurpose + (ulong)index, (ulong)epoch), _order);
        _others.Begin(index, epoch);
        for (int start = 0; start < _data.Rows && done < end; start += _batchSize)
        {
            _cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(_batchSize, _data.Rows - start);
            _tape.Reset();
            _noise.Begin((long)epoch * StepsPerEpoch + start / _batchSize, (uint)index + 1);
            _step.Features = Gather(start, count);
            _step.Index = StepsOf(phase) - (end - done);
            _step.Progress = _step.Index / (double)StepsOf(phase);
            phase.Step(_step);
            foreach (ExponentialAverage average in phase.Averages)
                average.Update();
            done++;
            bool last = start + count == _data.Rows || done == end;
            if (last && best is not null && Stops(best))
                done = end;
            if (last || _clock.Elapsed - _lastReport >= _reportInterval)
                Report(phase, epoch, attempt, done, steps, last);
        }
    }

    private bool Stops(BestWeights best)
    {
        bool stops = best.Observe(out double value);
        _losses.Add("validation", value);
        return stops;
    }

    private Tensor Gather(int start, int count)
    {
        int columns = _data.Normal.Columns;
        for (int i = 0; i < count; i++)
            _data.CopyRow(_order[start + i], _batch.AsSpan(i * columns, columns));
        return _tape.Constant(_batch.AsSpan(0, count * columns), count, columns);
    }

    private void Report(TrainingPhase phase, int epoch, int attempt, long done, long steps, bool endOfEpoch)
    {
        _lastReport = _clock.Elapsed;
        _reporter.Report(new TrainingProgress
        {
            Phase = phase.Name,
            Epoch = epoch + 1,
            NumberOfEpochs = phase.NumberOfEpochs,
            Step = done,
            NumberOfSteps = steps,
            Attempt = attempt,
            Losses = _losses.Take(),
            Elapsed = _lastReport,
            EndOfEpoch = endOfEpoch,
        });
    }
}
