using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Counts of a two-class test: row = truth, column = prediction, the positive class first.</summary>
public sealed class ConfusionMatrix
{
    private static readonly string[] _classNames = ["positive", "negative"];

    internal ConfusionMatrix(double truePositives, double falseNegatives, double falsePositives, double trueNegatives)
    {
        Counts = [[truePositives, falseNegatives], [falsePositives, trueNegatives]];
        PerClassRecall = [Share(truePositives, falseNegatives), Share(trueNegatives, falsePositives)];
        PerClassPrecision = [Share(truePositives, falsePositives), Share(trueNegatives, falseNegatives)];
        Accuracy = Share(truePositives + trueNegatives, falsePositives + falseNegatives);
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses => _classNames.Length;

    internal double Accuracy { get; }

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        CheckClass(predictedClassIndicatorIndex, nameof(predictedClassIndicatorIndex));
        CheckClass(actualClassIndicatorIndex, nameof(actualClassIndicatorIndex));
        return Counts[predictedClassIndicatorIndex][actualClassIndicatorIndex];
    }

    public string GetFormattedConfusionTable()
    {
        double positives = Counts[0][0] + Counts[0][1];
        double negatives = Counts[1][0] + Counts[1][1];
        int width = Math.Max(_classNames[0].Length, Counts.Max(row => row.Max(count => Text(count).Length)));
        string ruler = new string(' ', 10) + "||" + new string('=', 2 * (width + 3));

        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture,
            $"TEST POSITIVE RATIO:\t{Share(positives, negatives):F4} ({positives:F1}/({positives:F1}+{negatives:F1}))");
        table.AppendLine("Confusion table").AppendLine(ruler);
        table.AppendLine($"PREDICTED || {string.Join(" | ", _classNames.Select(name => name.PadLeft(width)))} | Recall");
        table.AppendLine("TRUTH     " + ruler.TrimStart());
        for (int i = 0; i < _classNames.Length; i++)
        {
            string counts = string.Join(" | ", Counts[i].Select(count => Text(count).PadLeft(width)));
            table.AppendLine(CultureInfo.InvariantCulture, $"{_classNames[i],9} || {counts} | {PerClassRecall[i]:F4}");
        }
        table.AppendLine(ruler);
        string precisions = string.Join(" | ",
            PerClassPrecision.Select(precision => precision.ToString("F4", CultureInfo.InvariantCulture).PadLeft(width)));
        table.AppendLine($"Precision || {precisions} |");
        return table.ToString();
    }

    private static double Share(double part, double rest) => part + rest == 0 ? 0 : part / (part + rest);

    private static string Text(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static void CheckClass(int index, string parameter)
    {
        if ((uint)index >= (uint)_classNames.Length)
            throw new ArgumentOutOfRangeException(parameter, "Invalid index. Should be non-negative, less than the number of classes.");
    }
}
