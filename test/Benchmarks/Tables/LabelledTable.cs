using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>A table of numbers whose last column tells the anomalies.</summary>
internal sealed class LabelledTable
{
    private const double TrainingShare = 0.7;

    // A method that learns from known anomalies gets a tenth of them, and they leave the test.
    private const int AnomaliesForOneKnown = 10;

    private readonly float[][] _normal;
    private readonly float[][] _anomalies;

    private LabelledTable(string name, float[][] normal, float[][] anomalies)
    {
        Name = name;
        _normal = normal;
        _anomalies = anomalies;
    }

    public string Name { get; }

    public static LabelledTable Read(string file)
    {
        DataTable table = DataTable.Read(file);
        DataColumn[] columns = [.. table.Names.Where(name => name != "label").Select(name => table[name])];
        float[][] Rows(string label) => [.. table.Where(Enumerable.Range(0, table.Rows), "label", label)
            .Select(row => Array.ConvertAll(columns, column => column.Numbers[column.Index(row)]))];
        return new LabelledTable(Path.GetFileName(file).Split(".csv")[0], Rows("0"), Rows("1"));
    }

    /// <summary>70 % of the normal rows, permuted by the seed, are trained on; the others and the anomalies are the test.</summary>
    public TableSplit Split(int seed, int leastAnomalies)
    {
        float[][] normal = [.. _normal], anomalies = [.. _anomalies];
        new Random(seed).Shuffle(normal);
        int training = (int)(TrainingShare * normal.Length), known = 0;
        if (leastAnomalies > 0)
        {
            new Random(seed).Shuffle(anomalies);
            known = Math.Max(leastAnomalies, anomalies.Length / AnomaliesForOneKnown);
        }

        return new TableSplit(
            FeatureMatrix.FromRows(normal.Take(training)),
            known == 0 ? null : FeatureMatrix.FromRows(anomalies.Take(known)),
            FeatureMatrix.FromRows(normal.Skip(training).Concat(anomalies.Skip(known))),
            [.. Enumerable.Range(0, normal.Length - training + anomalies.Length - known).Select(row => row >= normal.Length - training)]);
    }
}

/// <summary>Rows of one run.</summary>
/// <param name="Training">Normal rows to train on.</param>
/// <param name="Known">Known anomalies, for methods that ask for some.</param>
/// <param name="Test">Rows to score: normal ones, then anomalies.</param>
/// <param name="Anomalous">Which of <paramref name="Test"/> are anomalies.</param>
internal sealed record TableSplit(FeatureMatrix Training, FeatureMatrix? Known, FeatureMatrix Test, bool[] Anomalous);
