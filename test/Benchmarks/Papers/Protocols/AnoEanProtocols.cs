namespace Adversarial.Benchmarks;

/// <summary>AnoEAN's section 4: one pool of rows, a tenth of the learning set anomalies, a fifth of the test set.</summary>
internal static class AnoEanProtocols
{
    private const string Shares =
        "Learning set: 80 % of the normal rows, drawn by the seed, and anomalies of all types, a tenth of the learning set. "
        + "Test: the other "
        + "normal rows and so many other anomalies that they are 20 %. The method takes its validation part from the learning set. ";

    public static readonly Protocol NslKddPaper = new(
        "paper",
        "KDDTrain+ and KDDTest+ in one pool. " + Shares
        + "One-hot of the columns of words with the tokens of the whole pool, min-max by the normal rows of the learning set. "
        + "The paper does not say how it draws; attack types of the test are known from training.",
        (data, seed) => Prepare(data.NslKdd, seed, distinct: false, wholeVocabulary: true));

    public static readonly Protocol Kdd99Paper = new(
        "paper",
        "10 % file; 'normal' rows are normal. " + Shares
        + "One-hot of the columns of words with the tokens of the whole file, min-max by the normal rows of the learning set. "
        + "The paper does not say how it draws; attack types of the test are known from training.",
        (data, seed) => Prepare(data.Kdd99, seed, distinct: false, wholeVocabulary: true));

    public static readonly Protocol Kdd99Strict = new(
        "strict",
        "10 % file, of rows that are equal in all features only the first (145,584 rows), so that no test row occurs in the learning set. " + Shares
        + "One-hot with the tokens of the learning set, min-max by its normal rows.",
        (data, seed) => Prepare(data.Kdd99, seed, distinct: true, wholeVocabulary: false));

    private static Trial Prepare(DataTable table, int seed, bool distinct, bool wholeVocabulary)
    {
        string[] features = KddTable.Features(table);
        int[] pool = new Random(seed).Shuffled(distinct ? table.Distinct(features) : KddTable.All(table));
        int[] normal = KddTable.Normal(table, pool);
        int[] attacks = KddTable.Attacks(table, pool);
        int[] training = normal[..(normal.Length * 4 / 5)];
        int[] held = normal[training.Length..];
        int[] anomalies = attacks[..(training.Length / 9)];
        FeatureEncoder encoder = FeatureEncoder.Learn(table, features, KddTable.Words, training, wholeVocabulary ? null : [.. training, .. anomalies]);
        return Trial.Of(encoder, training, anomalies, [.. held, .. attacks[anomalies.Length..].Take(held.Length / 4)]);
    }
}
