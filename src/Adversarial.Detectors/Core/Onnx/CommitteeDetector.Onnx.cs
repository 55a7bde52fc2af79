using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <content>A committee as a part of an ONNX graph: its members' graphs side by side.</content>
public sealed partial class CommitteeDetector
{
    internal override string? OnnxRefusal => _members.FirstOrDefault(member => member.Detector.OnnxRefusal is not null) is { } member
        ? $"its member {member.Name} is not: {member.Detector.OnnxRefusal}"
        : null;

    private protected override OnnxValue WriteScaledScore(OnnxGraph graph, OnnxValue rows)
    {
        OnnxValue[] heights = Array.ConvertAll(_members, member => member.Curve.Write(graph, member.Detector.WriteScore(graph, rows)));
        OnnxValue all = graph.Join(heights), score = _options.Combination switch
        {
            CommitteeCombination.Mean => graph.ReduceColumns("ReduceMean", all),
            CommitteeCombination.Maximum => graph.ReduceColumns("ReduceMax", all),
            _ => WriteMedian(graph, all, heights.Length),
        };
        return graph.Cast(graph.Add("Min", [score, graph.Scalar(float.MaxValue, OnnxType.Double)]), OnnxType.Single);
    }

    private static OnnxValue WriteMedian(OnnxGraph graph, OnnxValue heights, int count)
    {
        OnnxValue sorted = graph.AddMany("TopK", [OnnxType.Double, OnnxType.Int64], [heights, graph.Constant([(long)count], 1)], OnnxAttribute.Of("axis", 1))[0];
        int low = (count - 1) / 2, high = count / 2;
        return graph.ReduceColumns("ReduceMean", graph.Columns(sorted, low, high - low + 1));
    }
}
