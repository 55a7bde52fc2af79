using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Adversarial.Detectors;
using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Benchmarks;

/// <summary>A training of one case that stops after every so many steps to let someone else run.</summary>
internal sealed class SpeedTraining : IDisposable
{
    private const ulong Seed = 1;
    private const int TrainingRows = 1 << 15;
    private const int Anomalies = 4096;
    private const int Scored = 100_000;

    private readonly SpeedCase _case;
    private readonly NetworkDetectorOptions _options;
    private readonly WorkerGang _gang;
    private readonly TrainingData _data;
    private readonly IDevice? _device;

    /// <param name="speedCase">What is trained.</param>
    /// <param name="threads">Threads of the processor's device.</param>
    /// <param name="device">Another device; null: the processor's. Whoever gives it disposes of it.</param>
    public SpeedTraining(SpeedCase speedCase, int threads, IDevice? device = null)
    {
        _device = device;
        _case = speedCase;
        _gang = new WorkerGang(threads);
        _options = (NetworkDetectorOptions)speedCase.Options();
        Rows = SimulatedRows.Make(TrainingRows, speedCase.Columns, 1);
        AnomalousRows = SimulatedRows.Make(Anomalies, speedCase.Columns, 2);
        Detector = (NetworkDetector)DetectorRegistry.Get(speedCase.Method).Create(_options, speedCase.Columns);
        if (Detector is EnsembleDetector)
            throw new InvalidOperationException($"{speedCase.Name}: one network is to be timed.");
        FeatureMatrix? anomalies = _options.LeastAnomalies > 0 ? AnomalousRows : null;
        _data = TrainingData.Create(Rows, anomalies, FeatureScaling.Identity(speedCase.Columns), Detector.HeldOutShare(Rows.Rows), Seed);
        Detector.Begin(_data);
        Detector.Initialize(NewDevice(), Seed);
    }

    private IDevice NewDevice() => _device ?? new CpuDevice(_gang);

    public NetworkDetector Detector { get; }

    public FeatureMatrix Rows { get; }

    public FeatureMatrix AnomalousRows { get; }

    public int BatchSize => _options.BatchSize!.Value;

    /// <summary>A network's weights as they are now: of each layer [inputs, outputs] row by row, biases, then scale and shift of a normalisation.</summary>
    public float[] Weights(string network)
    {
        ParameterSet parameters = Detector.Networks.Single(known => known.Name == network).Parameters;
        var values = new float[parameters.Count];
        parameters.Device.Download(parameters.Values, values);
        return values;
    }

    /// <summary>The rows whose scoring is timed: those of the training, again and again.</summary>
    public FeatureMatrix ScoredRows()
    {
        var rows = new FeatureMatrix(Rows.Columns);
        for (int r = 0; r < Scored; r++)
            Rows[r % Rows.Rows].CopyTo(rows.AppendRow());
        return rows;
    }

    /// <summary>Trains so many steps; their mean losses.</summary>
    public IReadOnlyList<NamedLoss> First(int steps)
    {
        var listener = new MeanLosses();
        Run(steps, _ => true, options => (options.MaximumNumberOfSteps, options.Progress) = (steps, listener));
        return listener.Means;
    }

    /// <summary>Runs turns of <paramref name="stepsOfTurn"/> steps and hands over each turn's seconds a step, until told to stop.</summary>
    public void Run(int stepsOfTurn, Func<double, bool> turn, Action<NetworkDetectorOptions>? change = null)
    {
        using var stop = new CancellationTokenSource();
        var options = (NetworkDetectorOptions)_options.Clone();
        options.CancellationToken = stop.Token;
        change?.Invoke(options);
        int steps = 0;
        long start = 0;
        IReadOnlyList<TrainingPhase> phases = Detector.CreatePhases(_data.Rows, BatchSize);
        TrainingPhase timed = phases.Single(phase => phase.Name == _case.Phase);
        var loop = new TrainingLoop(_data, NewDevice(), Seed, BatchSize, options);
        void Step(TrainingStep step)
        {
            // What the loop does between two steps is part of the first.
            if (steps > 0 && steps % stepsOfTurn == 0)
            {
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / stepsOfTurn;
                if (!turn(seconds))
                    stop.Cancel();
                start = Stopwatch.GetTimestamp();
            }

            if (steps++ == 0)
                start = Stopwatch.GetTimestamp();
            timed.Step(step);
        }

        try
        {
            loop.Run([timed with { NumberOfEpochs = 100_000, NumberOfSteps = null, EarlyStopping = null, Step = Step }], attempt: 0);
        }
        catch (OperationCanceledException)
        {
            Detector.Calibrate(threads: 1);
        }
    }

    /// <summary>Runs one turn; seconds a step.</summary>
    public double Turn(int steps)
    {
        double seconds = 0;
        Run(steps, time =>
        {
            seconds = time;
            return false;
        });
        return seconds;
    }

    /// <summary>Rows and first weights as raw floats, and a description, for the other side.</summary>
    public void HandOver(string folder, int threads)
    {
        WriteFloats(folder, "rows", Values(Rows));
        WriteFloats(folder, "anomalies", Values(AnomalousRows));
        foreach (Network network in Detector.Networks)
            WriteFloats(folder, network.Name, Weights(network.Name));

        File.WriteAllText(Path.Combine(folder, "case.json"), JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["method"] = _case.Method,
            ["columns"] = _case.Columns,
            ["batch"] = BatchSize,
            ["threads"] = threads,
            ["scored"] = Scored,
        }));
    }

    private static float[] Values(FeatureMatrix rows) => [.. Enumerable.Range(0, rows.Rows).SelectMany(r => rows[r].ToArray())];

    private static void WriteFloats(string folder, string name, float[] values)
    {
        using FileStream file = File.Create(Path.Combine(folder, name + ".f32"));
        file.Write(MemoryMarshal.AsBytes<float>(values));
    }

    /// <summary>Means over all reports, each of which has the means since the one before.</summary>
    private sealed class MeanLosses : IProgress<TrainingProgress>
    {
        private readonly Dictionary<string, double> _sums = [];
        private long _steps;

        public IReadOnlyList<NamedLoss> Means => [.. _sums.Select(sum => new NamedLoss(sum.Key, sum.Value / _steps))];

        public void Report(TrainingProgress value)
        {
            foreach (NamedLoss loss in value.Losses)
                _sums[loss.Name] = _sums.GetValueOrDefault(loss.Name) + loss.Value * (value.Step - _steps);
            _steps = value.Step;
        }
    }

    public void Dispose()
    {
        Detector.End();
        _gang.Dispose();
    }
}
