using System.Globalization;
using System.Text;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>The page of the tables, written from results.csv and, where they are there, references.csv and results-before.csv beside it.</summary>
internal static class TablesPage
{
    private const string Intro =
        """
        # Tables that nobody tuned for

        Written by `eng/bench.sh tables`: 70 % of the normal rows train, permuted by the seed, the others and all anomalies test; raw features go in, default
        options. ROC-AUC, the mean over the seeds that ran. Columns with a star are references of
        [references.csv](references.csv), scikit-learn 1.2.1 on standardised features, three seeds, another permutation of the rows. "Own residual" is what the
        reconstruction of the same fitted networks alone gives. [results.csv](results.csv) has average precision, F1, false-alarm rate at the default threshold, seconds
        and rows a second; [results-before.csv](results-before.csv) the same of the defaults before features were standardised. [How the defaults were chosen, and what a
        fit costs](defaults.md).

        """;

    private const string ComparedIntro = "\n## Systems that the papers compare with\n\nOne seed. The cost-sensitive SVM is told anomalies as AnoEAN is; kNN and the committee, of three seeds, stand here again to compare with.\n\n";

    private static readonly string[] _compared =
    [
        "VAE", "Adversarial autoencoder", "Deep SVDD", "DAGMM", "DSEBM-e", "DSEBM-r", "A3", "EGBAD", "AnoGAN", "f-AnoGAN", "GANomaly", "Fence GAN", "REPEN",
        "Cost-sensitive SVM",
    ];

    private const int SeedsOfSpread = 3;
    private const double LargeSpread = 0.03;
    private const string SpreadIntro = "\n## Spread over the seeds\n\nStandard deviation of ROC-AUC where three seeds or more ran. A seed draws the split too.\n\n";

    private sealed record Column(string Name, IReadOnlyDictionary<string, double> Values)
    {
        public string Text(string set) => Values.TryGetValue(set, out double value) ? value.ToString("F3", CultureInfo.InvariantCulture) : "-";
    }

    /// <summary>Writes README.md into the folder of results.csv.</summary>
    public static void Write(string folder)
    {
        List<Column> references = References(Path.Combine(folder, "references.csv"));
        var results = Results(Path.Combine(folder, "results.csv"));
        List<Column> methods = [.. DetectorRegistry.All.Select(method => Mean(method.Name, results, method.Name, "roc_auc")).Where(column => column.Values.Count > 0)];
        List<Column> residuals = [.. methods.Select(method => Mean($"{method.Name}, own residual", results, method.Name, "own_residual")).Where(column => column.Values.Count > 0)];
        string before = Path.Combine(folder, "results-before.csv");
        var earlier = File.Exists(before) ? Results(before) : [];
        List<Column> old = [.. methods.Select(method => Mean($"{method.Name} before", earlier, method.Name, "roc_auc")).Where(column => column.Values.Count > 0)];
        string[] sets = [.. methods.SelectMany(method => method.Values.Keys).Distinct().Order(StringComparer.OrdinalIgnoreCase)];

        var page = new StringBuilder(Intro.ReplaceLineEndings("\n"));
        page.Append("\n## Worst three tables of each method, beside the best method without labels there\n\n");
        foreach (Column method in methods)
            page.Append(CultureInfo.InvariantCulture, $"- {method.Name}: {Worst(method, methods)}\n");
        page.Append("\n## Methods\n\n");
        Table(page, sets, [.. references, .. methods.Where(method => !_compared.Contains(method.Name))]);
        List<Column> compared = [.. methods.Where(method => _compared.Contains(method.Name))];
        if (compared.Count > 0)
        {
            page.Append(ComparedIntro);
            Table(page, sets, [.. methods.Where(method => method.Name is "kNN" or "Committee"), .. compared]);
        }

        page.Append("\n## Before, and beside their own residuals\n\n");
        Table(page, sets, [.. old, .. residuals]);
        Spreads(page, sets, [.. methods.Select(method => Spread(method.Name, results)).Where(column => column.Values.Count == sets.Length)]);
        File.WriteAllText(Path.Combine(folder, "README.md"), page.ToString());
    }

    private static void Spreads(StringBuilder page, string[] sets, List<Column> columns)
    {
        if (columns.Count == 0)
            return;
        page.Append(SpreadIntro);
        page.Append(CultureInfo.InvariantCulture, $"| Table | {string.Join(" | ", columns.Select(column => column.Name))} |\n|---|{string.Concat(columns.Select(_ => "---:|"))}\n");
        foreach (string set in sets)
            page.Append(CultureInfo.InvariantCulture, $"| {set} | {string.Join(" | ", columns.Select(column => column.Text(set)))} |\n");
        page.Append(CultureInfo.InvariantCulture, $"| **tables below {LargeSpread}** | {string.Join(" | ", columns.Select(column => column.Values.Values.Count(spread => spread < LargeSpread)))} |\n");
    }

    private static string Worst(Column method, List<Column> methods) => string.Join(", ", method.Values
        .Select(value => (Set: value.Key, value.Value, Best: methods.Where(other => !TakesLabels(other) && other.Values.ContainsKey(value.Key)).MaxBy(other => other.Values[value.Key])!))
        .OrderBy(entry => entry.Value - entry.Best.Values[entry.Set]).Take(3)
        .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Set} {entry.Value:F3} ({entry.Best.Name} {entry.Best.Values[entry.Set]:F3})")));

    private static bool TakesLabels(Column method) => DetectorRegistry.Get(method.Name).CreateOptions().LeastAnomalies > 0;

    private static void Table(StringBuilder page, string[] sets, List<Column> columns)
    {
        page.Append(CultureInfo.InvariantCulture, $"| Table | {string.Join(" | ", columns.Select(column => column.Name))} |\n|---|{string.Concat(columns.Select(_ => "---:|"))}\n");
        foreach (string set in sets)
            page.Append(CultureInfo.InvariantCulture, $"| {set} | {string.Join(" | ", columns.Select(column => column.Text(set)))} |\n");
        string[] common = [.. sets.Where(set => columns.TrueForAll(column => column.Values.ContainsKey(set)))];
        string Mean(Column column, IEnumerable<string> over) => over.Select(set => column.Values[set]).DefaultIfEmpty(double.NaN).Average().ToString("F3", CultureInfo.InvariantCulture);
        page.Append(CultureInfo.InvariantCulture, $"| **mean of its own ({string.Join(", ", columns.Select(column => column.Values.Count).Distinct())} tables)** | {string.Join(" | ", columns.Select(column => Mean(column, sets.Where(column.Values.ContainsKey))))} |\n");
        page.Append(CultureInfo.InvariantCulture, $"| **mean of the {common.Length} that all have** | {string.Join(" | ", columns.Select(column => Mean(column, common)))} |\n");
        page.Append(CultureInfo.InvariantCulture, $"| **mean rank there** | {string.Join(" | ", columns.Select(column => Rank(column, columns, common)))} |\n");
    }

    // Equal values share their ranks.
    private static string Rank(Column column, List<Column> columns, string[] sets) => sets
        .Select(set => 1 + columns.Count(other => other.Values[set] > column.Values[set]) + 0.5 * (columns.Count(other => other.Values[set] == column.Values[set]) - 1))
        .DefaultIfEmpty(double.NaN).Average().ToString("F1", CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> Results(string file)
    {
        string[] lines = File.ReadAllLines(file);
        string[] names = CsvText.Split(lines[0]);
        return [.. lines.Skip(1).Select(line => names.Zip(CsvText.Split(line)).ToDictionary(field => field.First, field => field.Second))];
    }

    private static Column Mean(string name, List<Dictionary<string, string>> results, string method, string field) => new(name, results
        .Where(line => line["method"] == method && line["options"] == "default" && line.GetValueOrDefault(field) is { Length: > 0 })
        .GroupBy(line => line["set"]).ToDictionary(group => group.Key, group => group.Average(line => double.Parse(line[field], CultureInfo.InvariantCulture))));

    private static Column Spread(string method, List<Dictionary<string, string>> results)
    {
        static double Deviation(double[] values)
        {
            double mean = values.Average();
            return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        }

        return new Column($"{method}, {results.Where(line => line["method"] == method).Select(line => line["seed"]).Distinct().Count()} seeds", results
            .Where(line => line["method"] == method && line["options"] == "default")
            .GroupBy(line => line["set"], line => double.Parse(line["roc_auc"], CultureInfo.InvariantCulture)).Where(group => group.Count() >= SeedsOfSpread)
            .ToDictionary(group => group.Key, group => Deviation([.. group])));
    }

    private static List<Column> References(string file) => !File.Exists(file) ? [] :
        [.. Results(file).GroupBy(line => line["method"])
            .Select(group => new Column(group.Key + "*", group.ToDictionary(line => line["set"], line => double.Parse(line["roc_auc"], CultureInfo.InvariantCulture))))];
}
