using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <content>Support vectors as a part of an ONNX graph.</content>
internal sealed partial class SupportVectors
{
    /// <summary>Writes sign x (sum of factors x kernel - offset) of scaled rows.</summary>
    public OnnxValue Write(OnnxGraph graph, OnnxValue rows, int sign)
    {
        OnnxValue kernel = graph.Add("Exp", [graph.Scale(_rows.WriteSquaredDistances(graph, rows), -_gamma)]);
        OnnxValue sum = graph.Add("MatMul", [kernel, graph.Constant(Array.ConvertAll(_factors, factor => sign * factor), _factors.Length, 1)]);
        return graph.Cast(graph.Shift(sum, -sign * Offset), OnnxType.Single);
    }
}
