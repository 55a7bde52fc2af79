using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Adversarial.Orleans;
using Microsoft.ML.Data;

namespace Cluster;

/// <summary>Simulated readings of machines: twelve sensors that hang together, and now and then one that does not.</summary>
public sealed class SampleData(string folder)
{
    public const int Sensors = 12;

    private const double AnomalyRate = 0.01;

    public string Training => Path.Combine(folder, "training.idv");

    public string Model => Path.Combine(folder, "model.zip");

    public string Scores => Path.Combine(folder, "scores");

    /// <summary>The files to score.</summary>
    public string[] Parts => [.. Directory.GetFiles(folder, "part-*.csv").Order(StringComparer.Ordinal)];

    /// <summary>How they are read.</summary>
    public static ClusterFileFormat Format { get; } = ClusterFileFormat.Text(',', hasHeader: false, new ClusterColumn("Features", DataKind.Single, 0, Sensors - 1));

    /// <summary>The rows to train on.</summary>
    public ClusterRows Rows => ClusterRows.FromFile(Training, ClusterFileFormat.Binary);

    /// <summary>Writes normal rows to train on, and files to score.</summary>
    public void Generate(int files, int rows, int trainingRows = 10_000)
    {
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(Scores);
        var context = new MLContext();
        var random = new Random(1);
        Reading[] training = [.. Enumerable.Range(0, trainingRows).Select(_ => new Reading { Features = Draw(random, 0) })];
        using (FileStream stream = File.Create(Training))
            context.Data.SaveAsBinary(context.Data.LoadFromEnumerable(training), stream);
        for (int file = 0; file < files; file++)
        {
            using var writer = new StreamWriter(Path.Combine(folder, $"part-{file:D5}.csv"));
            for (int row = 0; row < rows; row++)
                writer.WriteLine(string.Join(',', Draw(random, AnomalyRate).Select(value => value.ToString("F4", CultureInfo.InvariantCulture))));
        }
    }

    private static float[] Draw(Random random, double anomalyRate)
    {
        double load = random.NextDouble();
        var row = new float[Sensors];
        for (int s = 0; s < Sensors; s++)
            row[s] = (float)(load * (s % 4 + 1) + Math.Sin(s + load) + 0.1 * (random.NextDouble() - 0.5));
        if (random.NextDouble() < anomalyRate)
            row[random.Next(Sensors)] += 2;
        return row;
    }

    private sealed class Reading
    {
        [VectorType(Sensors)]
        public float[] Features { get; set; } = [];
    }
}
