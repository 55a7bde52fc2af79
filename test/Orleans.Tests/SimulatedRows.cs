using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace ClusterTests;

/// <summary>Rows of six features, some of them known anomalies.</summary>
internal static class SimulatedRows
{
    public const int Columns = 6;

    public static IDataView View(MLContext context, int rows, int seed = 1) => context.Data.LoadFromEnumerable(Draw(rows, seed));

    public static Row[] Draw(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(i => new Row
        {
            Label = i % 10 == 0,
            Features = [.. Enumerable.Range(0, Columns).Select(c => random.NextSingle() * (c + 1) + (i % 10 == 0 ? 3 : 0))],
        })];
    }

    /// <summary>The same detector fitted in this process.</summary>
    public static AnomalyDetectorTransformer FitHere(MLContext context, DetectorOptions options, IDataView rows, string? label = null) =>
        context.AnomalyDetection.Trainers.Detector(options, "Features", label).Fit(rows);

    public static byte[] Bytes(AnomalyDetectorTransformer model)
    {
        using var stream = new MemoryStream();
        DetectorFile.Save(model.Model, stream);
        return stream.ToArray();
    }

    public sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(Columns)]
        public float[] Features { get; set; } = [];
    }
}
