using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>Scores by the forward pass of networks, on the device that they are on: while they are trained that may be another than the processor.</summary>
internal sealed class NetworkBlockScorer : BlockScorer
{
    private readonly NetworkDetector _detector;
    private readonly IDevice _device;
    private readonly Tape _tape;
    private readonly ScoringMemory? _memory;
    private readonly Matrix _rows;

    // Rows for a device whose memory is not the processor's.
    private readonly float[]? _staged;

    public NetworkBlockScorer(NetworkDetector detector)
    {
        _detector = detector;
        IDevice device = detector.Networks[0].Parameters.Device;
        _memory = device is CpuDevice ? detector.Scoring : null;
        _tape = _memory?.Take() ?? (device is CpuDevice ? ScoringMemory.New() : new Tape(device, recording: false));
        _device = _tape.Device;
        _rows = new Matrix(_device.Allocate(detector.BlockRows * detector.Columns), 0, detector.BlockRows, detector.Columns, detector.Columns);
        _staged = _device is CpuDevice ? null : new float[detector.BlockRows * detector.Columns];
    }

    public override Span<float> Row(int index) =>
        (_staged ?? ((CpuDevice)_device).Values(_rows)).Slice(index * _detector.Columns, _detector.Columns);

    public override void Score(Span<float> scores)
    {
        Matrix rows = _rows.Slice(0, scores.Length, 0, _detector.Columns);
        if (_staged is not null)
            _device.Upload(_staged.AsSpan(0, scores.Length * _detector.Columns), rows);
        _tape.Reset();
        _device.Download(_detector.Score(_tape.Over(rows)).Value, scores);
    }

    public override void Release() => _memory?.Leave(_tape);
}
