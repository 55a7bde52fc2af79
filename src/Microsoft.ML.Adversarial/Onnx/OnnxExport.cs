using Adversarial.Neural;

namespace Microsoft.ML.Adversarial;

/// <summary>A detector of a pipeline as an ONNX model.</summary>
internal static class OnnxExport
{
    // What ML.NET's converter makes of a column's name where it is an output.
    private const string OutputSuffix = ".output";

    public static void Save(AnomalyDetectorTransformer model, Stream stream) =>
        model.Model.SaveOnnx(stream, model.Threshold, MissingIsAnomaly(model));

    public static void Save(AnomalyDetectorTransformer model, Stream stream, Stream modelBefore)
    {
        bool missingIsAnomaly = MissingIsAnomaly(model);
        using var content = new MemoryStream();
        modelBefore.CopyTo(content);
        ReadOnlyMemory<byte> before = content.ToArray();
        string output = model.FeatureColumnName + OutputSuffix;
        (OnnxGraph graph, OnnxValue features) = OnnxGraph.After(before, OnnxGraph.OutputsOf(before).Contains(output) ? output : model.FeatureColumnName, model.Model.Columns);
        model.Model.SaveOnnx(stream, graph, features, model.Threshold, missingIsAnomaly);
    }

    private static bool MissingIsAnomaly(AnomalyDetectorTransformer model) => model.MissingValueHandling != MissingValueHandling.Throw
        ? model.MissingValueHandling == MissingValueHandling.Anomaly
        : throw new NotSupportedException($"The detector throws where a feature is NaN or infinite, and an ONNX model cannot: choose what it is to say of such rows with {nameof(AdversarialCatalog.ChangeMissingValueHandling)}.");
}
