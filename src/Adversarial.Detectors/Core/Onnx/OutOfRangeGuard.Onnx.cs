using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <content>The guard as a part of an ONNX graph.</content>
internal sealed partial class OutOfRangeGuard
{
    /// <summary>Writes what becomes of the scores [N, 1] of finite rows [N, columns].</summary>
    public OnnxValue Write(OnnxGraph graph, OnnxValue rows, OnnxValue score)
    {
        int columns = _low.Length;
        OnnxValue wide = graph.Cast(rows, OnnxType.Double);
        OnnxValue below = graph.Difference(graph.Constant(DoubleVectors.Widen(_low), 1, columns), wide);
        OnnxValue above = graph.Difference(wide, graph.Constant(DoubleVectors.Widen(_high), 1, columns));
        OnnxValue distance = graph.Add("Max", [below, above]);
        OnnxValue ranges = graph.Clip(graph.Product(distance, graph.Constant(_rangesPerUnit, 1, columns)), 0, MostRanges);

        // The square up to a whole range, and on from there in a straight line: r² - max(0, r - 1)².
        OnnxValue beyond = graph.Add("Max", [graph.Shift(ranges, -1), graph.Scalar(0, OnnxType.Double)]);
        OnnxValue far = graph.Difference(graph.Product(ranges, ranges), graph.Product(beyond, beyond));
        OnnxValue sum = graph.Sum(graph.Scale(graph.ReduceColumns("ReduceSum", ranges), _nearUnit), graph.Scale(graph.ReduceColumns("ReduceSum", far), _farUnit));
        OnnxValue raise = graph.Cast(graph.Clip(sum, float.Epsilon, float.MaxValue), OnnxType.Single);
        OnnxValue raised = graph.Sum(graph.Add("Max", [score, graph.Scalar(_leastScore, OnnxType.Single)]), raise);
        raised = graph.Add("Min", [raised, graph.Scalar(float.MaxValue, OnnxType.Single)]);
        OnnxValue outside = graph.Add("Greater", OnnxType.Boolean, [graph.ReduceColumns("ReduceMax", distance), graph.Scalar(0, OnnxType.Double)]);
        return graph.Where(outside, raised, score);
    }
}
