using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <content>Images as a part of an ONNX graph.</content>
internal sealed partial record ImageInput
{
    /// <summary>Writes what <see cref="Prepare"/> does with finite rows.</summary>
    public OnnxValue Write(OnnxGraph graph, OnnxValue rows)
    {
        int channels = Shape.Channels, features = Shape.Height * Shape.Width * channels;
        if (Shape.IsPlanar && channels > 1)
        {
            OnnxValue planes = graph.Reshape(rows, -1, channels, features / channels);
            rows = graph.Reshape(graph.Add("Transpose", [planes], OnnxAttribute.Integers("perm", 0, 2, 1)), -1, features);
        }

        if (!NormalizesContrast || features == 1)
            return rows;
        OnnxValue wide = graph.Cast(rows, OnnxType.Double);
        OnnxValue centred = graph.Difference(wide, graph.ReduceColumns("ReduceMean", wide));
        OnnxValue contrast = graph.ReduceColumns("ReduceMean", graph.Add("Abs", [centred]));
        OnnxValue divisor = graph.Add("Max", [contrast, graph.Scalar(LeastContrast, OnnxType.Double)]);
        return graph.Cast(graph.Add("Div", [centred, divisor]), OnnxType.Single);
    }
}
