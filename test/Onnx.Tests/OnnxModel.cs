using Adversarial.Detectors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Onnx.Tests;

/// <summary>A model as OnnxRuntime reads it.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxModel(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(model, options);
    }

    public static OnnxModel Of(Detector detector, float? threshold = null, bool missingIsAnomaly = true)
    {
        using var stream = new MemoryStream();
        detector.SaveOnnx(stream, threshold, missingIsAnomaly);
        return new OnnxModel(stream.ToArray());
    }

    public InferenceSession Session => _session;

    /// <summary>Scores and verdicts of so many rows at a time.</summary>
    public (float[] Scores, bool[] Labels) Run(FeatureMatrix rows, int batch = int.MaxValue)
    {
        (var scores, var labels) = (new List<float>(), new List<bool>());
        for (int start = 0; start < rows.Rows; start += batch)
        {
            int count = Math.Min(batch, rows.Rows - start);
            var values = new DenseTensor<float>([count, rows.Columns]);
            for (int r = 0; r < count; r++)
                rows[start + r].CopyTo(values.Buffer.Span.Slice(r * rows.Columns, rows.Columns));
            using var results = _session.Run([NamedOnnxValue.CreateFromTensor(Detector.OnnxFeatures, values)]);
            var score = results.Single(result => result.Name == Detector.OnnxScore).AsTensor<float>();
            Assert.Equal([count, 1], score.Dimensions.ToArray());
            scores.AddRange(score);
            var label = results.Single(result => result.Name == Detector.OnnxPredictedLabel).AsTensor<bool>();
            Assert.Equal([count, 1], label.Dimensions.ToArray());
            labels.AddRange(label);
            if (batch == int.MaxValue)
                break;
        }

        return ([.. scores], [.. labels]);
    }

    public void Dispose() => _session.Dispose();
}
