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

    private readonly FeatureMatrix _rows;
    private readonly InputScaling _scaling;
    private readonly ulong _seed;
    private readonly int _batchSize;
    private readonly int[] _order;
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

    public TrainingLoop(FeatureMatrix rows, InputScaling scaling, IDevice device, ulong seed, int batchSize, DetectorOptions options)
    {
        _rows = rows;
        _scaling = scaling;
        _seed = seed;
        _batchSize = Math.Min(batchSize, rows.Rows);
        _order = new int[rows.Rows];
        _batch = new float[_batchSize * rows.Columns];
        _tape = new Tape(device);
        _noise = new NoiseSource(seed);
        _step = new TrainingStep(_tape, _noise, _losses);
        _reporter = new ProgressReporter(options.Progress);
        _cancellation = options.CancellationToken;
        _maximumSteps = options.MaximumNumberOfSteps ?? int.MaxValue;
    }

    private int StepsPerEpoch => (_rows.Rows + _batchSize - 1) / _batchSize;

    /// <exception cref="OperationCanceledException">Cancelled; networks stand as after the last step.</exception>
    public void Run(IReadOnlyList<TrainingPhase> phases, int attempt)
    {
        long steps = phases.Sum(StepsOf);
        long done = 0;
        for (int p = 0; p < phases.Count; p++)
        {
            TrainingPhase phase = phases[p];
            try
            {
                long end = done + StepsOf(phase);
                for (int epoch = 0; done < end; epoch++)
                    RunEpoch(phase, p, epoch, attempt, ref done, end, steps);
            }
            finally
            {
                foreach (ExponentialAverage average in phase.Averages)
                    average.Apply();
            }
        }
    }

    private long StepsOf(TrainingPhase phase) => Math.Min(_maximumSteps, (long)phase.NumberOfEpochs * StepsPerEpoch);

    private void RunEpoch(TrainingPhase phase, int index, int epoch, int attempt, ref long done, long end, long steps)
    {
        RandomFill.Permutation(new RandomStream(_seed, ShufflePurpose + (ulong)index, (ulong)epoch), _order);
        for (int start = 0; start < _rows.Rows && done < end; start += _batchSize)
        {
            _cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(_batchSize, _rows.Rows - start);
            _tape.Reset();
            _noise.Begin((long)epoch * StepsPerEpoch + start / _batchSize, (uint)index + 1);
            _step.Features = Gather(start, count);
            phase.Step(_step);
            foreach (ExponentialAverage average in phase.Averages)
                average.Update();
            done++;
            bool last = start + count == _rows.Rows || done == end;
            if (last || _clock.Elapsed - _lastReport >= _reportInterval)
                Report(phase, epoch, attempt, done, steps, last);
        }
    }

    private Tensor Gather(int start, int count)
    {
        int columns = _rows.Columns;
        for (int i = 0; i < count; i++)
            _scaling.Apply(_rows[_order[start + i]], _batch.AsSpan(i * columns, columns));
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

/// <summary>Hands reports to the caller's listeners; a listener that throws does not harm the fit.</summary>
internal sealed class ProgressReporter(params IProgress<TrainingProgress>?[] listeners)
{
    public void Report(TrainingProgress progress)
    {
        foreach (IProgress<TrainingProgress>? listener in listeners)
        {
            try
            {
                listener?.Report(progress);
            }
            catch (Exception)
            {
                // Progress is a courtesy: hours of training must not be lost to a broken progress bar.
            }
        }
    }
}
