namespace Adversarial.Benchmarks;

/// <summary>NSL-KDD with its own division: normal rows of KDDTrain+ for training, KDDTest+ for the test.</summary>
internal static class NslKddProtocols
{
    /// <summary>Everything that is learned from data is learned from the training rows; any method can run under it.</summary>
    public static readonly Protocol Strict = new(
        "strict",
        "Training rows: all 67,343 normal rows of KDDTrain+. Test: all 22,544 rows of KDDTest+ (9,711 normal, 12,833 attacks). One-hot of "
        + "protocol_type, service and flag with the tokens that occur in KDDTrain+ (122 features), min-max by the training rows. "
        + "A method that needs anomalies "
        + "gets attacks of KDDTrain+, drawn by the seed, a tenth of its learning set.",
        PrepareStrict);

    /// <summary>As in DA3D's paper.</summary>
    public static Protocol Paper(double pollution = 0) => new(
        pollution == 0 ? "paper" : $"paper + {pollution * 100:0.#} % pollution",
        "Training rows: normal rows of KDDTrain+ without 5 % that the seed draws for validation (the validation part is not used). "
        + (pollution == 0 ? "" : $"Attacks of the same part are mixed in as if they were normal, {pollution * 100:0.#} % of the training rows. ")
        + "Test: all of KDDTest+. One-hot of the nominal columns with the tokens of both files (122 features; columns of 0 and 1 stay one "
        + "feature), min-max by the training rows.",
        (data, seed) => PreparePaper(data, seed, pollution));

    private static Trial PreparePaper(DataFolder data, int seed, double pollution)
    {
        DataTable table = data.NslKdd;
        var random = new Random(seed);
        int[] part = random.Shuffled(Enumerable.Range(0, DataFolder.NslKddTrainingRows));
        part = part[(part.Length / 20)..];
        int[] normal = KddTable.Normal(table, part);
        int[] training = [.. normal, .. KddTable.Attacks(table, part).Take(Pollution.Rows(normal.Length, pollution))];
        FeatureEncoder encoder = FeatureEncoder.Learn(table, KddTable.Features(table), KddTable.Words, training, vocabulary: null);
        return Trial.Of(encoder, training, null, TestRows(table));
    }

    private static Trial PrepareStrict(DataFolder data, int seed)
    {
        DataTable table = data.NslKdd;
        int[] part = [.. Enumerable.Range(0, DataFolder.NslKddTrainingRows)];
        int[] normal = KddTable.Normal(table, part);
        int[] anomalies = new Random(seed).Shuffled(KddTable.Attacks(table, part))[..(normal.Length / 9)];
        FeatureEncoder encoder = FeatureEncoder.Learn(table, KddTable.Features(table), KddTable.Words, normal, part);
        return Trial.Of(encoder, normal, anomalies, TestRows(table));
    }

    private static int[] TestRows(DataTable table) => [.. KddTable.All(table).Skip(DataFolder.NslKddTrainingRows)];
}
