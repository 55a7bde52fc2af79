using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <content>Scaling as a part of an ONNX graph, in double precision where it is computed so.</content>
internal sealed partial class FeatureScaling
{
    /// <summary>Writes what <see cref="Apply"/> does with finite rows [N, columns].</summary>
    public OnnxValue Write(OnnxGraph graph, OnnxValue rows)
    {
        if (_image is not null)
            rows = _image.Write(graph, rows);
        else if (_isIdentity)
            return graph.Clip(rows, -Limit, Limit);
        double limit = _hasTails ? LimitOfTails : Limit;
        OnnxValue offset = graph.Constant(DoubleVectors.Widen(_offset), 1, Columns), scale = graph.Constant(DoubleVectors.Widen(_scale), 1, Columns);
        OnnxValue wide = graph.Product(graph.Difference(graph.Cast(rows, OnnxType.Double), offset), scale);
        OnnxValue scaled = graph.Cast(graph.Clip(wide, -limit, limit), OnnxType.Single);
        return _hasTails ? WriteTails(graph, scaled) : scaled;
    }

    private static OnnxValue WriteTails(OnnxGraph graph, OnnxValue scaled)
    {
        OnnxValue distance = graph.Add("Abs", [scaled]);
        OnnxValue isFar = graph.Add("Greater", OnnxType.Boolean, [distance, graph.Scalar(Knee, OnnxType.Single)]);

        // Near the centre the logarithm's argument would fall to 0 and below.
        OnnxValue beyond = graph.Add("Relu", [graph.Shift(distance, -Knee)]);
        OnnxValue tail = graph.Shift(graph.Add("Log", [graph.Shift(beyond, 1)]), Knee);
        return graph.Where(isFar, graph.Product(graph.Add("Sign", [scaled]), tail), scaled);
    }
}
