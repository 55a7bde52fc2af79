using System.Text.Json.Nodes;
using Adversarial.Neural;

namespace Adversarial.Detectors.Tests;

/// <summary>Trains a detector for ten steps a phase on some rows and keeps all that enters and comes of it.</summary>
internal sealed class GoldenRun
{
    private const ulong Seed = 5;

    private readonly GoldenCase _case;
    private readonly GoldenFile? _recorded;
    private readonly RecordingDevice _device;
    private readonly NetworkDetector _detector;
    private readonly Dictionary<string, string[]> _lossNames = [];
    private readonly List<GoldenGradient> _gradients = [];
    private readonly List<string> _phases = [];

    private GoldenRun(GoldenCase golden, IDevice device, GoldenFile? recorded)
    {
        _case = golden;
        _recorded = recorded;
        _device = new RecordingDevice(device, recorded is null ? null : [.. recorded.Phases.SelectMany(phase => phase.Steps)]);
        _detector = (NetworkDetector)golden.Method.Create(golden.Options, golden.Columns);
    }

    /// <summary>Runs a case; a file recorded before takes the place of what is drawn, which has to be the same but for last digits.</summary>
    public static GoldenFile Of(GoldenCase golden, IDevice device, GoldenFile? recorded = null) => new GoldenRun(golden, device, recorded).Run();

    private GoldenFile Run()
    {
        TrainingData data = TrainingData.Create(_case.Normal, _case.Anomalies, FeatureScaling.Identity(_case.Columns), _detector.HeldOutShare, Seed);
        _detector.Begin(data);
        _detector.Initialize(_device, Seed);
        GoldenNetwork[] networks = StartingPoint();
        Train(data);
        _detector.Calibrate(threads: 1);
        double[] scores = Score();
        IEnumerable<(string Phase, GoldenDraw[] Draws, double[] Losses)> steps =
            _phases.Select((phase, i) => (phase, _device.Steps[i], _device.Losses[i]));
        return new GoldenFile
        {
            Method = _case.Method.Name,
            Options = JsonNode.Parse(_case.Method.ToJson(_case.Options))!,
            Columns = _case.Columns,
            Networks = networks,
            Phases = [.. steps.GroupBy(step => step.Phase, (phase, of) => new GoldenPhase(phase, [.. of.Select(step => step.Draws)]))],
            HeldOut = [.. Enumerable.Range(0, data.HeldOut.Rows).Select(r => data.HeldOut[r].ToArray())],
            Scored = [.. Enumerable.Range(0, _case.Scored.Rows).Select(r => _case.Scored[r].ToArray())],
            Expected = new GoldenResult(
                [.. steps.GroupBy(step => step.Phase, (phase, of) => new GoldenLosses(phase, _lossNames[phase], [.. of.Select(step => step.Losses)]))],
                _gradients, scores),
        };
    }

    // The drawn state, or after a look at it the recorded one: there the last digits are the same everywhere.
    private GoldenNetwork[] StartingPoint()
    {
        GoldenNetwork[] drawn = [.. _detector.Networks.Select(network =>
            new GoldenNetwork(network.Name, Array.ConvertAll(_device.Values(network.Parameters.Values), value => (float)value),
                _device.Values(network.Parameters.Buffers)))];
        for (int i = 0; _recorded is not null && i < drawn.Length; i++)
        {
            GoldenNetwork recorded = _recorded.Networks[i];
            Assert.Equal(recorded.Name, drawn[i].Name);
            Assert.True(AreClose(Widened(recorded.Parameters), Widened(drawn[i].Parameters)) && AreClose(recorded.Buffers, drawn[i].Buffers),
                GoldenDraw.Stale($"The network '{recorded.Name}' starts from other weights"));
            _device.Set(_detector.Networks[i].Parameters.Values, Widened(recorded.Parameters));
            if (recorded.Buffers.Length > 0)
                _device.Set(_detector.Networks[i].Parameters.Buffers, recorded.Buffers);
        }

        return drawn;
    }

    private static double[] Widened(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static bool AreClose(double[] a, double[] b) =>
        a.Length == b.Length && a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-5);

    private void Train(TrainingData data)
    {
        var options = (NetworkDetectorOptions)_case.Options.Clone();
        options.Progress = new Listener(report => _lossNames[report.Phase] = [.. report.Losses.Select(loss => loss.Name)]);
        int batchSize = options.BatchSize!.Value;
        // Early stopping measures on floats and would end the phase.
        TrainingPhase[] phases = [.. _detector.CreatePhases(data.Rows, batchSize).Select(phase => phase with
        {
            Step = step => Step(phase, step),
            EarlyStopping = null,
        })];
        _device.IsRecording = true;
        new TrainingLoop(data, _device, Seed, batchSize, options).Run(phases, attempt: 0);
        _device.IsRecording = false;
    }

    private void Step(TrainingPhase phase, TrainingStep step)
    {
        phase.Step(step);
        if (step.Index == 0)
        {
            foreach ((Storage weights, double[] gradients) in _device.Updates)
            {
                Network network = _detector.Networks.Single(network => network.Parameters.Values.Storage == weights);
                _gradients.Add(new GoldenGradient(phase.Name, network.Name, gradients));
            }
        }

        _phases.Add(phase.Name);
        _device.EndStep();
    }

    private double[] Score()
    {
        var tape = new Tape(_device, recording: false);
        float[] rows = [.. Enumerable.Range(0, _case.Scored.Rows).SelectMany(r => _case.Scored[r].ToArray())];
        return _device.Values(_detector.Score(tape.Constant(rows, _case.Scored.Rows, _case.Columns)).Value);
    }
}
