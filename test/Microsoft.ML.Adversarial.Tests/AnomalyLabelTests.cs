using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Labels of a method that learns from known anomalies.</summary>
public class AnomalyLabelTests
{
    private const int RowCount = 90;

    private static readonly MLContext _mlContext = new(1);

    public static TheoryData<string> Kinds => ["Boolean", "Single", "Int32", "Key<UInt32>"];

    public static TheoryData<string> MissingKinds => ["Single", "Double", "Key<UInt32>"];

    private static bool IsAnomalous(int row) => row % 5 == 2;

    private static bool IsUnknown(int row) => row % 7 == 3;

    private static AnoEanTrainer.Options Options() => new()
    {
        Seed = 1,
        EnsembleSize = 1,
        MaximumNumberOfSteps = 25,
        NumberOfThreads = 1,
        LatentDimension = 2,
        EncoderLayerSizes = [8],
        DiscriminatorLayerSizes = [6],
        LabelColumnName = "Bad",
    };

    private static AnomalyDetectorTransformer Fit(IDataView data) => _mlContext.AnomalyDetection.Trainers.AnoEan(Options()).Fit(data);

    // 0 is normal, 1 an anomaly, null unknown.
    private static TableColumn Label(string kind, IEnumerable<int?> labels)
    {
        TableColumn Of<T>(DataViewType type, T normal, T anomalous, T unknown) =>
            TableColumn.Of("Bad", type, [.. labels.Select(label => label switch { 0 => normal, null => unknown, _ => anomalous })]);
        return kind switch
        {
            "Boolean" => Of(BooleanDataViewType.Instance, false, true, false),
            "Single" => Of(NumberDataViewType.Single, 0, 1, float.NaN),
            "Double" => Of(NumberDataViewType.Double, 0, 2.5, double.NaN),
            "Int32" => Of(NumberDataViewType.Int32, 0, 3, 0),
            "Key<UInt32>" => Of(new KeyDataViewType(typeof(uint), 3), 1u, 3u, 0u),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static TableView Table(string kind, Func<int, int?> label, Func<int, bool>? keep = null)
    {
        float[][] rows = Simulated.Rows(RowCount, anomalous: IsAnomalous);
        int[] kept = [.. Enumerable.Range(0, RowCount).Where(row => keep?.Invoke(row) ?? true)];
        return Simulated.Table([.. kept.Select(row => rows[row])], Label(kind, kept.Select(label)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AnyKindOfLabelTells(string kind)
    {
        byte[] Model(Func<int, bool> bad) => Simulated.Bytes(Fit(Table(kind, row => bad(row) ? 1 : 0)));
        byte[] model = Model(IsAnomalous);
        Assert.Equal(Simulated.Bytes(Fit(Table("Boolean", row => IsAnomalous(row) ? 1 : 0))), model);
        Assert.NotEqual(model, Model(row => row % 5 == 3));
    }

    [Theory]
    [MemberData(nameof(MissingKinds))]
    public void MissingLabelsAreLeftOut(string kind)
    {
        static int? Known(int row) => IsAnomalous(row) ? 1 : 0;
        byte[] labelled = Simulated.Bytes(Fit(Table(kind, row => IsUnknown(row) ? null : Known(row))));
        byte[] filtered = Simulated.Bytes(Fit(Table(kind, Known, row => !IsUnknown(row))));
        Assert.Equal(filtered, labelled);
        Assert.NotEqual(Simulated.Bytes(Fit(Table(kind, Known))), labelled);
    }

    [Fact]
    public void ALabelColumnIsAskedFor()
    {
        AnoEanTrainer.Options options = Options();
        options.LabelColumnName = null;
        var failure = Assert.Throws<ArgumentException>(() => _mlContext.AnomalyDetection.Trainers.AnoEan(options));
        Assert.Equal("LabelColumnName", failure.ParamName);
        Assert.StartsWith("AnoEAN learns from known anomalies: set LabelColumnName to a column that is true for them.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALabelColumnThatIsNotThereIsNamed()
    {
        TableView data = Simulated.Table(Simulated.Rows(20));
        const string Expected = "Could not find label column 'Bad'; there are 'Features'";
        Assert.StartsWith(Expected, Assert.Throws<ArgumentOutOfRangeException>(() => Fit(data)).Message);
        var chain = _mlContext.Transforms.CopyColumns("Copy", "Features").Append(_mlContext.AnomalyDetection.Trainers.AnoEan(Options()));
        Assert.StartsWith(Expected, Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(data)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void TooFewAnomaliesAreCountedWithARemedy(int known)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Fit(Table("Boolean", row => row < known ? 1 : 0)));
        Assert.Equal(
            $"AnoEAN learns from known anomalies and needs at least 4; {known} were given. Label some rows as anomalies, or choose a method that needs none.",
            failure.Message);
    }

    [Fact]
    public void FourAnomaliesAreEnough() =>
        Assert.True(float.IsFinite(Fit(Table("Boolean", row => row is 2 or 7 or 12 or 17 ? 1 : 0)).Threshold));

    [Fact]
    public void AnomaliesAloneAreRefused()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Fit(Table("Boolean", _ => 1)));
        Assert.Contains("no row is labelled normal (false) in column 'Bad'", failure.Message);
    }

    [Fact]
    public void ABadValueInAnAnomalyIsNamedToo()
    {
        float[][] rows = Simulated.Rows(20);
        rows[5][2] = float.NaN;
        TableView data = Simulated.Table(rows, TableColumn.Of("Bad", BooleanDataViewType.Instance, [.. rows.Select((_, r) => r >= 5 && r < 10)]));
        Assert.StartsWith("Row 5 of column 'Features' holds NaN in slot 2.", Assert.Throws<InvalidOperationException>(() => Fit(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheShortFormTakesTheLabelFirst()
    {
        AnomalyDetectorTransformer few = _mlContext.AnomalyDetection.Trainers.AnoEan("Bad", seed: 4, numberOfEpochs: 1).Fit(Table("Boolean", row => IsAnomalous(row) ? 1 : 0));
        Assert.Equal("AnoEAN", few.Model.Descriptor.Name);
        Assert.Equal(RowCount, Simulated.Scores(few, Simulated.Rows(RowCount)).Length);
    }
}
