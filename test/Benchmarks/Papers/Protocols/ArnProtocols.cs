namespace Adversarial.Benchmarks;

/// <summary>The splits of ARN's loader.</summary>
internal static class ArnProtocols
{
    private const string Anomalies =
        "The second half of the anomalies, in an order drawn by the seed, is set aside; of the first half a quarter goes to "
        + "validation and the rest to the test, but "
        + "not more than normal rows. ";

    private const string PaperEnd =
        "One-hot with the tokens of the whole file, min-max by the training rows. The epoch is chosen by labels: the "
        + "method holds out a tenth of the training rows and a tenth of the validation part's anomalies for that. The published "
        + "figures score batches of 1,024 rows with the statistics of the batch, all normal rows first: "
        + "batches of one class.";

    private const string StrictEnd =
        "One-hot with the tokens of the training rows, min-max by the training rows. No anomaly and no validation row is used, "
        + "and each row is scored by itself.";

    private sealed record Split(
        string Words, Func<DataFolder, DataTable> Table, Func<DataTable, int[]> Rows, bool Inverted, Func<int, (int Training, int Test)> Sizes);

    private static readonly Split _nslKdd = new(
        "KDDTrain+ and KDDTest+ in one pool; of the normal rows 88.9 % train, 2.8 % validate, 8.3 % test, drawn by the seed. ",
        data => data.NslKdd, table => [.. KddTable.All(table)], false,
        normal => ((int)(0.889 * normal), (int)Math.Ceiling(0.083 * normal)));

    private static readonly Split _bank = new(
        "The ten nominal columns; of the 36,548 normal rows 26,383 train, 2,551 validate, 7,614 test, drawn by the seed. ",
        data => data.Bank, table => [.. Enumerable.Range(0, table.Rows)], false, _ => (26_383, 7_614));

    private static readonly Split _kdd99 = new(
        "10 % file; of the normal rows about 80 % train, 5 % validate, 15 % test, drawn by the seed. ",
        data => data.Kdd99, table => [.. KddTable.All(table)], false, Eighty);

    private static readonly Split _kdd99Rev = new(
        "10 % file without the attacks neptune and smurf; of the normal rows about 80 % train, 5 % validate, 15 % test, drawn "
        + "by the seed. ",
        data => data.Kdd99, table => [.. KddTable.All(table).Except(table.Where(KddTable.All(table), "attack", "neptune", "smurf"))], false, Eighty);

    private static readonly Split _kdd99Inv = new(
        "10 % file with the classes swapped: attacks are normal; of them about 80 % train, 5 % validate, 15 % test, drawn by the seed. ",
        data => data.Kdd99, table => [.. KddTable.All(table)], true, Eighty);

    /// <summary>The data sets by the paper's names, each under both protocols.</summary>
    public static readonly IReadOnlyList<(string Data, Protocol Paper, Protocol Strict)> All =
    [
        Both("NSL-KDD", _nslKdd), Both("Bank", _bank), Both("KDDCUP99", _kdd99), Both("KDDCUP99_Rev", _kdd99Rev), Both("KDDCUP99_Inv", _kdd99Inv),
    ];

    private static (int Training, int Test) Eighty(int normal) => ((int)(0.8 * normal), (int)(0.15 * normal));

    private static (string Data, Protocol Paper, Protocol Strict) Both(string name, Split split) =>
    (
        name,
        new Protocol("paper", split.Words + Anomalies + PaperEnd, (data, seed) => Prepare(data, split, seed, strict: false)),
        new Protocol("strict", split.Words + Anomalies + StrictEnd, (data, seed) => Prepare(data, split, seed, strict: true))
    );

    private static Trial Prepare(DataFolder data, Split split, int seed, bool strict)
    {
        DataTable table = split.Table(data);
        int[] rows = new Random(seed).Shuffled(split.Rows(table));
        int[] normal = table.Where(rows, "label", split.Inverted ? "1" : "0");
        int[] anomalous = table.Where(rows, "label", split.Inverted ? "0" : "1");
        (int trainingRows, int testRows) = split.Sizes(normal.Length);
        int validationRows = normal.Length - trainingRows - testRows;
        int[] training = normal[..trainingRows];

        int[] first = anomalous[..(anomalous.Length / 2)];
        int quarter = first.Length / 4;
        int[] validation = first[..Math.Min(quarter, validationRows)];
        int[] testAnomalies = first[quarter..];
        testAnomalies = testAnomalies[..Math.Min(testAnomalies.Length, testRows)];

        (string[] features, string[] nominal) = Columns(table);
        FeatureEncoder encoder = FeatureEncoder.Learn(table, features, nominal, training, strict ? training : null);
        return Trial.Of(encoder, training, strict ? null : validation, [.. normal[^testRows..], .. testAnomalies], split.Inverted);
    }

    private static (string[] Features, string[] Nominal) Columns(DataTable table)
    {
        if (!table.Names.Contains("poutcome"))
            return (KddTable.Features(table), KddTable.Symbolic);
        string[] bank = ["job", "marital", "education", "default", "housing", "loan", "contact", "month", "day_of_week", "poutcome"];
        return (bank, bank);
    }
}
