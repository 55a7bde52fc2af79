namespace Adversarial.Benchmarks;

/// <summary>Census-Income (KDD): incomes above 50,000 are the anomalies.</summary>
internal static class CensusProtocols
{
    private static readonly string[] _numeric =
    [
        "age", "wage_per_hour", "capital_gains", "capital_losses", "dividends_from_stocks", "num_persons_worked_for_employer", "weeks_worked_in_year",
    ];

    public static readonly Protocol Strict = new(
        "strict",
        "Half of the set's rows, without the column instance_weight. Training rows: the normal rows of the training file, all "
        + "of them. Test: "
        + "all rows of the test file. One-hot of 33 columns with the tokens of the training file, min-max by the training rows.",
        PrepareStrict);

    /// <summary>As in the code of DA3D's authors.</summary>
    public static Protocol Paper(double pollution = 0) => new(
        pollution == 0 ? "paper" : $"paper + {pollution * 100:0.#} % pollution",
        "Half of the set's rows, without the column instance_weight. As the authors' code reads the test file for both parts, the training "
        + "rows are the normal rows of the test file, without 5 % that the seed draws for validation (not used), and the test rows are all "
        + "rows of the test file: most were trained on. "
        + (pollution == 0 ? "" : $"Anomalies of the same file are mixed in as if they were normal, {pollution * 100:0.#} % of the training rows. ")
        + "One-hot of 33 columns with the tokens of both files, min-max by the training rows.",
        (data, seed) => PreparePaper(data, seed, pollution));

    private static Trial PreparePaper(DataFolder data, int seed, double pollution)
    {
        DataTable table = data.Census;
        int[] test = table.Where(Enumerable.Range(0, table.Rows), "split", "test");
        int[] part = new Random(seed).Shuffled(test);
        part = part[(part.Length / 20)..];
        int[] normal = table.Where(part, "label", "0");
        int[] training = [.. normal, .. table.Where(part, "label", "1").Take(Pollution.Rows(normal.Length, pollution))];
        return Trial.Of(Encoder(table, training, vocabulary: null), training, null, test);
    }

    private static Trial PrepareStrict(DataFolder data, int seed)
    {
        DataTable table = data.Census;
        int[] part = table.Where(Enumerable.Range(0, table.Rows), "split", "train");
        int[] training = table.Where(part, "label", "0");
        int[] test = table.Where(Enumerable.Range(0, table.Rows), "split", "test");
        return Trial.Of(Encoder(table, training, part), training, null, test);
    }

    private static FeatureEncoder Encoder(DataTable table, int[] training, int[]? vocabulary)
    {
        string[] features = [.. table.Names.Except(["split", "income", "label"])];
        return FeatureEncoder.Learn(table, features, [.. features.Except(_numeric)], training, vocabulary);
    }
}
