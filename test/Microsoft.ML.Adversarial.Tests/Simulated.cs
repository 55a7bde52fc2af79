using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Small simulated tables, options that train in a moment, and what tests compare of the result.</summary>
internal static class Simulated
{
    public const int Columns = 4;

    public static Da3dTrainer.Options FastOptions(int? seed = 1) => new()
    {
        Seed = seed,
        EnsembleSize = 1,
        MaximumNumberOfSteps = 25,
        BatchSize = 32,
        NumberOfThreads = 1,
        LatentDimension = 2,
        EncoderLayerSizes = [8, 4],
        AlarmLayerSizes = [12, 6],
        CriticLayerSizes = [6],
        GeneratorLayerSizes = [6],
        GeneratorNoiseDimension = 2,
    };

    /// <summary>Rows near a line in [0, 1]; anomalous ones are anywhere. All are multiples of 1/1024, which every text form keeps.</summary>
    public static float[][] Rows(int count, int seed = 1, Func<int, bool>? anomalous = null)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(r =>
        {
            double t = random.NextDouble();
            bool wild = anomalous?.Invoke(r) ?? false;
            return Enumerable.Range(0, Columns).Select(c =>
            {
                double value = wild ? random.NextDouble() : 0.2 + 0.5 * (c % 2 == 0 ? t : 1 - t) + 0.05 * random.NextDouble();
                return (float)(Math.Round(value * 1024) / 1024);
            }).ToArray();
        })];
    }

    public static TableView Table(float[][] rows, params TableColumn[] more) => new(rows.Length, [TableColumn.Vectors("Features", rows), .. more]);

    public static AnomalyDetectorTransformer Fit(IDataView data, Action<Da3dTrainer.Options>? change = null, MLContext? context = null)
    {
        Da3dTrainer.Options options = FastOptions();
        change?.Invoke(options);
        return (context ?? new MLContext(1)).AnomalyDetection.Trainers.Da3d(options).Fit(data);
    }

    /// <summary>Everything that a fitted detector is made of.</summary>
    public static byte[] Bytes(AnomalyDetectorTransformer model)
    {
        using var stream = new MemoryStream();
        DetectorFile.Save(model.Model, stream);
        return stream.ToArray();
    }

    public static float[] Scores(IDataView scored) => [.. scored.GetColumn<float>("Score")];

    public static bool[] Labels(IDataView scored) => [.. scored.GetColumn<bool>("PredictedLabel")];

    public static float[] Scores(ITransformer model, float[][] rows) => Scores(model.Transform(Table(rows)));
}
