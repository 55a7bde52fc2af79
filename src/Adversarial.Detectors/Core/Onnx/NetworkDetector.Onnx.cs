using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <content>Networks as a part of an ONNX graph.</content>
public abstract partial class NetworkDetector
{
    // Whatever the method's score is made of: what it does is written down while it does it.
    private protected override OnnxValue WriteScaledScore(OnnxGraph graph, OnnxValue rows) => TracingDevice.Trace(graph, rows, Columns, Score);
}
