namespace Adversarial.Benchmarks;

/// <summary>KDD Cup 1999 with the classes swapped, as ALAD and DAGMM use it: attacks, 80 % of the rows, are the normal class.</summary>
internal static class AladProtocols
{
    public static readonly Protocol Paper = new(
        "paper",
        "10 % file; attacks are the normal class, 'normal' rows the anomalies. Training half and test half are those of the "
        + "authors' code, the same for "
        + "every seed (the first half of the permutation of NumPy's RandomState(42)). Training rows: the attacks of the training "
        + "half. Test: the attacks of the test half and so "
        + "many 'normal' rows of it that they are 20 %, or all where they are fewer (they are). One-hot of seven columns with "
        + "the tokens of the whole file (121 features), "
        + "min-max by the training rows (the authors' code does not scale). Flagged are the 20 % of the test rows with the highest scores, "
        + "so the threshold knows the test set and its share of anomalies.",
        (data, _) => PreparePaper(data));

    public static readonly Protocol Strict = new(
        "strict",
        "10 % file; attacks are the normal class. Halves drawn by the seed before anything is fitted; training rows: the "
        + "attacks of the one "
        + "half; test: all rows of the other. One-hot with the tokens of the training half, min-max by the training rows. "
        + "Flagged are rows with scores above the "
        + "95 % quantile of the training rows' scores. Seven of ten rows of the file repeat earlier ones, so most test rows also "
        + "occur among the training rows.",
        (data, seed) => PrepareStrict(data, seed, distinct: false));

    public static readonly Protocol Distinct = new(
        "strict + distinct rows",
        "As strict, but of rows that are equal in all features only the first is kept before the halves are drawn (145,584 "
        + "rows): no test row occurs "
        + "among the training rows, and the share of anomalies is another.",
        (data, seed) => PrepareStrict(data, seed, distinct: true));

    private static Trial PreparePaper(DataFolder data)
    {
        DataTable table = data.Kdd99;
        int[] order = new NumpyRandom(42).Permutation(table.Rows);
        int half = (int)Math.Round(table.Rows * 0.5, MidpointRounding.ToEven);
        int[] training = KddTable.Attacks(table, order[..half]);
        int[] inliers = KddTable.Attacks(table, order[half..]);
        int[] outliers = KddTable.Normal(table, order[half..]);
        outliers = outliers[..Math.Min(outliers.Length, inliers.Length / 4)];
        FeatureEncoder encoder = FeatureEncoder.Learn(table, KddTable.Features(table), KddTable.Symbolic, training, vocabulary: null);
        return Trial.Of(encoder, training, null, [.. inliers, .. outliers], inverted: true);
    }

    private static Trial PrepareStrict(DataFolder data, int seed, bool distinct)
    {
        DataTable table = data.Kdd99;
        string[] features = KddTable.Features(table);
        int[] order = new Random(seed).Shuffled(distinct ? table.Distinct(features) : KddTable.All(table));
        int half = order.Length / 2;
        int[] training = KddTable.Attacks(table, order[..half]);
        FeatureEncoder encoder = FeatureEncoder.Learn(table, features, KddTable.Symbolic, training, order[..half]);
        return Trial.Of(encoder, training, null, order[half..], inverted: true);
    }
}
