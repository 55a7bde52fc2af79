using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Simulated connections, pipelines on them with trainers that take a moment, and what is checked of generated ones.</summary>
internal static class Traffic
{
    public static readonly string[] NormalServices = ["http", "smtp", "dns"];

    public sealed class Connection
    {
        public string Service { get; set; } = "";

        public float Duration { get; set; }

        public float Bytes { get; set; }

        public float Version { get; set; }

        public bool Attack { get; set; }
    }

    public sealed class Generated
    {
        public string Service { get; set; } = "";

        public float Duration { get; set; }

        public float Bytes { get; set; }

        public float Version { get; set; }
    }

    /// <summary>Normal rows have one of three services, a duration of 2 to 60, 100 to 5000 bytes and version 5; each tenth is an attack, by telnet.</summary>
    public static Connection[] Rows(int count = 200, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => i % 10 == 9
            ? new Connection { Service = "telnet", Duration = 60 + random.Next(4), Bytes = 5500, Version = 9, Attack = true }
            : new Connection
            {
                Service = NormalServices[i % 3],
                Duration = i switch { 0 => 2, 1 => 60, _ => random.Next(2, 61) },
                Bytes = i switch { 0 => 100, 1 => 5000, _ => random.Next(100, 5001) },
                Version = 5,
            })];
    }

    public static ArnTrainer.Options ArnOptions() => new()
    {
        Seed = 1,
        EnsembleSize = 1,
        MaximumNumberOfSteps = 50,
        BatchSize = 32,
        NumberOfThreads = 1,
        LatentDimension = 4,
        EncoderLayerSizes = [12],
        DiscriminatorLayerSizes = [16],
        LabelColumnName = "Attack",
    };

    public static Da3dTrainer.Options Da3dOptions()
    {
        Da3dTrainer.Options options = Simulated.FastOptions();
        options.LabelColumnName = "Attack";
        return options;
    }

    /// <summary>One-hot, concatenated, scaled by the largest value, then the trainer.</summary>
    public static EstimatorChain<AnomalyDetectorTransformer> Pipeline(MLContext mlContext, IEstimator<AnomalyDetectorTransformer> trainer) =>
        mlContext.Transforms.Categorical.OneHotEncoding("Service")
            .Append(mlContext.Transforms.Concatenate("Features", "Service", "Duration", "Bytes", "Version"))
            .Append(mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(trainer);

    public static Generated[] Read(IDataView generated) => [.. new MLContext().Data.CreateEnumerable<Generated>(generated, reuseRowObject: false)];

    /// <summary>All columns of all rows, to compare.</summary>
    public static string[] Lines(IDataView generated) =>
        [.. Read(generated).Select(row => FormattableString.Invariant($"{row.Service}|{row.Duration:R}|{row.Bytes:R}|{row.Version:R}"))];
}
