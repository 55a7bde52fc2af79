using System.Globalization;
using System.IO.Compression;
using Adversarial.Detectors;

namespace Conformance.Tests;

/// <summary>Accuracy on a real set with the default options; skipped where the set is absent.</summary>
public class RealDataTests
{
    private const string Mammography = "mammography.csv.gz";

    [Fact]
    public void Mammography_with_default_options()
    {
        string? file = RepositoryFiles.Data(Mammography);
        if (file is null)
            Assert.Skip($"{Mammography} is not in ADVERSARIAL_DATA or ../shared/data.");
        (float[] Features, bool Anomalous)[] rows = Read(file);
        var random = new Random(1);
        float[][] normal = [.. rows.Where(row => !row.Anomalous).Select(row => row.Features)];
        random.Shuffle(normal);
        int training = normal.Length * 4 / 5;
        float[][] anomalies = [.. rows.Where(row => row.Anomalous).Select(row => row.Features)];

        Detector detector = DetectorRegistry.Get("DA3D").Create(new Da3dOptions { Seed = 1 }, normal[0].Length);
        detector.Fit(FeatureMatrix.FromRows(normal.Take(training)));
        float[] scores = detector.Score(FeatureMatrix.FromRows(normal.Skip(training).Concat(anomalies)));
        bool[] labels = [.. Enumerable.Range(0, scores.Length).Select(i => i >= normal.Length - training)];
        AnomalyMetrics metrics = AnomalyMetrics.Evaluate(scores, labels, detector.Threshold);
        Assert.True(metrics.RocAuc >= 0.84 && metrics.AveragePrecision >= 0.5, $"ROC-AUC {metrics.RocAuc:F3}, average precision {metrics.AveragePrecision:F3}");
    }

    private static (float[] Features, bool Anomalous)[] Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        reader.ReadLine();
        var rows = new List<(float[], bool)>();
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            rows.Add(([.. fields[..^1].Select(field => float.Parse(field, CultureInfo.InvariantCulture))], fields[^1] == "1"));
        }

        return [.. rows];
    }
}
