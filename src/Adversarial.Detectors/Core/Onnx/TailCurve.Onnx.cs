using System.Numerics;
using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <content>The curve as a part of an ONNX graph.</content>
internal sealed partial class TailCurve
{
    /// <summary>Writes what <see cref="HeightOf"/> makes of scores [N, 1] that are numbers, in double precision.</summary>
    public OnnxValue Write(OnnxGraph graph, OnnxValue scores)
    {
        OnnxValue score = graph.Clip(scores, -float.MaxValue, float.MaxValue), value = graph.Cast(score, OnnxType.Double);
        int last = _scores.Length - 1;
        OnnxValue above = graph.Shift(graph.Scale(graph.Shift(value, -(double)_scores[last]), 1 / _upperUnit), _heights[last]);
        OnnxValue distance = graph.Shift(graph.Scale(graph.Shift(graph.Add("Neg", [value]), _scores[0]), 1 / _lowerUnit), 1);
        OnnxValue below = graph.Add("Div", [graph.Scalar(_heights[0], OnnxType.Double), distance]);
        OnnxValue isAbove = graph.Not(graph.Add("Less", OnnxType.Boolean, [score, graph.Scalar(_scores[last], OnnxType.Single)]));
        OnnxValue isBelow = graph.Not(graph.Add("Greater", OnnxType.Boolean, [score, graph.Scalar(_scores[0], OnnxType.Single)]));
        OnnxValue height = last == 0 ? below : graph.Where(isBelow, below, WriteBetween(graph, score, value));
        return graph.Where(isAbove, above, height);
    }

    // On the line between the two scores that are next to it.
    private OnnxValue WriteBetween(OnnxGraph graph, OnnxValue score, OnnxValue value)
    {
        int segments = _scores.Length - 1;
        double[] starts = new double[segments], slopes = new double[segments], heights = _heights[..segments];
        for (int i = 0; i < segments; i++)
            (starts[i], slopes[i]) = (_scores[i], (_heights[i + 1] - _heights[i]) / ((double)_scores[i + 1] - _scores[i]));
        OnnxValue segment = WriteSearch(graph, score, segments);
        OnnxValue Of(double[] numbers) => graph.Add("Gather", [graph.Constant(numbers, segments), segment]);
        return graph.Sum(Of(heights), graph.Product(Of(slopes), graph.Difference(value, Of(starts))));
    }

    // The last of the first scores that is not above it, or the first: by halves, as no operator searches. No score is NaN, so all begin at 0;
    // that of a network which overflows stays within the scores.
    private OnnxValue WriteSearch(OnnxGraph graph, OnnxValue score, int count)
    {
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)count);
        var sorted = new float[length];
        Array.Fill(sorted, float.PositiveInfinity);
        _scores.AsSpan(0, count).CopyTo(sorted);
        OnnxValue all = graph.Constant(sorted, length), at = graph.Cast(graph.Add("IsNaN", OnnxType.Boolean, [score]), OnnxType.Int64);
        for (int step = length / 2; step > 0; step /= 2)
        {
            OnnxValue next = graph.Sum(at, graph.Constant([(long)step], 1, 1));
            OnnxValue isReached = graph.Add("LessOrEqual", OnnxType.Boolean, [graph.Add("Gather", OnnxType.Single, [all, next]), score]);
            at = graph.Where(isReached, next, at);
        }

        return at;
    }
}
