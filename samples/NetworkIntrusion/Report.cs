using System.Diagnostics;
using System.Text.Json;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace NetworkIntrusion;

/// <summary>Writes the run's figures as JSON.</summary>
public static class Report
{
    /// <summary>Writes one object.</summary>
    public static void Write(string file, string data, int rows, AnomalyDetectionMetrics ranking, AnomalyMetrics metrics, double fitSeconds, double rowsPerSecond) =>
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            data,
            rows,
            rocAuc = ranking.AreaUnderRocCurve,
            averagePrecision = metrics.AveragePrecision,
            f1 = double.IsNaN(metrics.F1) ? (double?)null : metrics.F1,
            detectionRate = ranking.DetectionRateAtFalsePositiveCount,
            fitSeconds,
            rowsPerSecond,
            peakMemoryMb = Process.GetCurrentProcess().PeakWorkingSet64 / (1024.0 * 1024),
        }, new JsonSerializerOptions { WriteIndented = true }) + Environment.NewLine);
}
