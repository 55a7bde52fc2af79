namespace Adversarial.Benchmarks;

/// <summary>Mammography: six measures of spots, 260 of 11,183 malignant.</summary>
internal static class MammographyProtocols
{
    public static readonly Protocol Strict = new(
        "strict",
        "Training rows: 80 % of the normal rows, drawn by the seed. Test: the other normal rows and all 260 anomalies. Min-max "
        + "by the training rows.",
        PrepareStrict);

    /// <summary>As in DA3D's paper.</summary>
    public static Protocol Paper(double pollution = 0) => new(
        pollution == 0 ? "paper" : $"paper + {pollution * 100:0.#} % pollution",
        "Test: 15 % of all rows, the same for every seed (the first of the permutation of NumPy's RandomState(42)). Training "
        + "rows: the normal "
        + "ones of the rest, without 5 % that the seed draws for validation (not used). "
        + (pollution == 0 ? "" : $"Anomalies of the same part are mixed in as if they were normal, {pollution * 100:0.#} % of the training rows. ")
        + "Min-max by the training rows.",
        (data, seed) => PreparePaper(data, seed, pollution));

    private static Trial PreparePaper(DataFolder data, int seed, double pollution)
    {
        DataTable table = data.Mammography;
        int[] order = new NumpyRandom(42).Permutation(table.Rows);
        int testRows = (int)Math.Ceiling(0.15 * table.Rows);
        int[] part = new Random(seed).Shuffled(order[testRows..]);
        part = part[(part.Length / 20)..];
        int[] normal = table.Where(part, "label", "0");
        int[] training = [.. normal, .. table.Where(part, "label", "1").Take(Pollution.Rows(normal.Length, pollution))];
        return Trial.Of(Encoder(table, training), training, null, order[..testRows]);
    }

    private static Trial PrepareStrict(DataFolder data, int seed)
    {
        DataTable table = data.Mammography;
        IEnumerable<int> all = Enumerable.Range(0, table.Rows);
        int[] normal = new Random(seed).Shuffled(table.Where(all, "label", "0"));
        int[] training = normal[..(normal.Length * 4 / 5)];
        return Trial.Of(Encoder(table, training), training, null, [.. normal[training.Length..], .. table.Where(all, "label", "1")]);
    }

    private static FeatureEncoder Encoder(DataTable table, int[] training) =>
        FeatureEncoder.Learn(table, table.Names.Except(["label"]), [], training, vocabulary: null);
}
