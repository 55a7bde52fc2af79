using System.Globalization;
using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <content>A fitted detector as an ONNX model.</content>
public abstract partial class Detector
{
    /// <summary>Name of the input of an ONNX model: rows of features.</summary>
    public const string OnnxFeatures = "Features";

    /// <summary>Name of the output of an ONNX model that holds the scores.</summary>
    public const string OnnxScore = "Score";

    /// <summary>Name of the output of an ONNX model that holds the verdicts.</summary>
    public const string OnnxPredictedLabel = "PredictedLabel";

    /// <summary>Why the score is no computation that an ONNX graph can hold, and what to do instead; null where it is one.</summary>
    internal virtual string? OnnxRefusal => null;

    /// <summary>
    /// Writes the fitted detector as an ONNX model (operators of version 12): <c>Features</c> [N, <see cref="Columns"/>] of single precision in, <c>Score</c> [N, 1]
    /// of single precision and <c>PredictedLabel</c> [N, 1], true for anomalies, out; N is any number of rows. Scaling, guard and threshold are inside: it takes
    /// the rows that <see cref="Score"/> takes, and gives the same scores but for the rounding of another runtime. A row with NaN or infinity scores NaN.
    /// </summary>
    /// <param name="stream">Where it goes; it stays open.</param>
    /// <param name="threshold">Rows with a score above it are anomalies; null takes <see cref="Threshold"/>.</param>
    /// <param name="missingIsAnomaly">What is said of rows with NaN or infinity.</param>
    /// <exception cref="InvalidOperationException">The detector is not fitted.</exception>
    /// <exception cref="NotSupportedException">The method's score is no feed-forward computation, as AnoGAN's, or the model takes more than 2 GB.</exception>
    public void SaveOnnx(Stream stream, float? threshold = null, bool missingIsAnomaly = true)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var graph = new OnnxGraph();
        SaveOnnx(stream, graph, graph.AddInput(OnnxFeatures, Columns), threshold ?? Threshold, missingIsAnomaly);
    }

    /// <summary>The same on rows that a graph has made already.</summary>
    internal void SaveOnnx(Stream stream, OnnxGraph graph, OnnxValue rows, float threshold, bool missingIsAnomaly)
    {
        _ = Scaling;
        OnnxValue score = WriteScore(graph, rows);
        OnnxValue label = graph.Add("Greater", OnnxType.Boolean, [score, graph.Scalar(threshold, OnnxType.Single)]);
        if (missingIsAnomaly)
            label = graph.Add("Or", [label, graph.Add("IsNaN", OnnxType.Boolean, [score])]);
        graph.AddOutput(OnnxScore, score, 1);
        graph.AddOutput(OnnxPredictedLabel, label, 1);
        graph.Save(stream, "Adversarial.Detectors", string.Create(CultureInfo.InvariantCulture, $"{Descriptor.Name}, {Columns} features"));
    }

    /// <summary>Writes the scores [N, 1] of rows as they come, with scaling and guard, as <see cref="Scorer"/> computes them.</summary>
    internal OnnxValue WriteScore(OnnxGraph graph, OnnxValue rows)
    {
        if (OnnxRefusal is { } refusal)
            throw new NotSupportedException($"{Descriptor.Name} is not exported to ONNX: {refusal}");
        OnnxValue finite = graph.Not(graph.Add("Less", OnnxType.Boolean, [graph.Scalar(float.MaxValue, OnnxType.Single), graph.Add("Abs", [rows])]));
        finite = graph.And(finite, graph.Not(graph.Add("IsNaN", OnnxType.Boolean, [rows])));
        OnnxValue clean = graph.Where(finite, rows, graph.Scalar(0, OnnxType.Single));
        OnnxValue score = WriteScaledScore(graph, Scaling.Write(graph, clean));
        if (_guard is not null)
            score = _guard.Write(graph, clean, score);
        OnnxValue complete = graph.Add("Greater", OnnxType.Boolean, [graph.ReduceColumns("ReduceMin", graph.Cast(finite, OnnxType.Single)), graph.Scalar(0.5, OnnxType.Single)]);
        return graph.Where(complete, score, graph.Scalar(double.NaN, OnnxType.Single));
    }

    /// <summary>Writes the scores [N, 1] of scaled rows, as the detector's <see cref="BlockScorer"/> computes them.</summary>
    private protected abstract OnnxValue WriteScaledScore(OnnxGraph graph, OnnxValue rows);
}
