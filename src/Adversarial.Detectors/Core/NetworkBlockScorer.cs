using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>Scores by the forward pass of networks.</summary>
internal sealed class NetworkBlockScorer : BlockScorer
{
    private readonly NetworkDetector _detector;
    private readonly CpuDevice _device = new();
    private readonly Tape _tape;
    private readonly Matrix _rows;

    public NetworkBlockScorer(NetworkDetector detector)
    {
        _detector = detector;
        _tape = new Tape(_device, recording: false);
        _rows = new Matrix(_device.Allocate(detector.BlockRows * detector.Columns), 0, detector.BlockRows, detector.Columns, detector.Columns);
    }

    public override Span<float> Row(int index) => _device.Values(_rows).Slice(index * _detector.Columns, _detector.Columns);

    public override void Score(Span<float> scores)
    {
        _tape.Reset();
        Tensor features = _tape.Over(_rows.Slice(0, scores.Length, 0, _detector.Columns));
        _device.Download(_detector.Score(features).Value, scores);
    }
}
