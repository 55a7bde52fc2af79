namespace Adversarial.Benchmarks;

/// <summary>The data sets' files; each is read once.</summary>
internal sealed class DataFolder(string path)
{
    /// <summary>Rows of KDDTrain+, which stand before those of KDDTest+.</summary>
    public const int NslKddTrainingRows = 125_973;

    private readonly Dictionary<string, DataTable> _tables = [];
    private (DigitImages Training, DigitImages Test)? _mnist;

    /// <summary>KDDTrain+, then KDDTest+.</summary>
    public DataTable NslKdd => Table("nslkdd_train.csv.gz", "nslkdd_test.csv.gz");

    /// <summary>The 10 % file of KDD Cup 1999.</summary>
    public DataTable Kdd99 => Table("kddcup99_10pct.csv.gz");

    public DataTable Mammography => Table("mammography.csv.gz");

    /// <summary>Half of the rows of Census-Income (KDD), both files.</summary>
    public DataTable Census => Table("census_income_half.csv.gz");

    /// <summary>Bank marketing, "additional, full".</summary>
    public DataTable Bank => Table("bank_additional.csv.gz");

    /// <summary>The 60,000 training images of MNIST and the 10,000 of its test.</summary>
    public (DigitImages Training, DigitImages Test) Mnist => _mnist ??= (Digits("train"), Digits("t10k"));

    private DigitImages Digits(string part) =>
        DigitImages.Read(Path.Combine(path, $"mnist-{part}-images-idx3-ubyte.gz"), Path.Combine(path, $"mnist-{part}-labels-idx1-ubyte.gz"));

    private DataTable Table(params string[] files)
    {
        if (!_tables.TryGetValue(files[0], out DataTable? table))
            _tables.Add(files[0], table = DataTable.Read([.. files.Select(file => Path.Combine(path, file))]));
        return table;
    }
}
