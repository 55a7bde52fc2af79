using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>The option NormalLabel: which value of a label column is normal.</summary>
public class NormalLabelTests
{
    private const int RowCount = 90;

    private static readonly float[][] _rows = Simulated.Rows(RowCount, anomalous: IsAnomalous);

    /// <summary>The model of the normal rows alone.</summary>
    private static readonly Lazy<byte[]> _expected = new(() => Simulated.Bytes(Simulated.Fit(Simulated.Table([.. _rows.Where((_, r) => !IsAnomalous(r))]))));

    private static bool IsAnomalous(int row) => row % 5 == 2;

    private static TableColumn Label<T>(DataViewType type, T normal, T anomalous) =>
        TableColumn.Of("Bad", type, [.. _rows.Select((_, r) => IsAnomalous(r) ? anomalous : normal)]);

    private static TableColumn Text(string normal, string anomalous) => Label(TextDataViewType.Instance, normal.AsMemory(), anomalous.AsMemory());

    private static AnomalyDetectorTransformer Fit(IDataView data, string? normalLabel, MLContext? context = null) => Simulated.Fit(data, options =>
    {
        options.LabelColumnName = "Bad";
        options.NormalLabel = normalLabel;
    }, context);

    /// <summary>Labels as keys, the values in the order of letters or numbers: the anomalies' key is the first.</summary>
    private static IDataView Keys(TableColumn label)
    {
        TableView data = Simulated.Table(_rows, label);
        return new MLContext(1).Transforms.Conversion.MapValueToKey("Bad", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);
    }

    public static TheoryData<string, string> Kinds => new()
    {
        { "text", "ok" }, { "true is normal", "true" }, { "true is normal", "TRUE" }, { "Single", "0.1" }, { "Double", "-1.5" }, { "Double", "-15e-1" },
        { "Int32", "7" }, { "UInt64", "18446744073709551615" }, { "text keys", "ok" }, { "number keys", "2.5" }, { "number keys", "2.50" },
        { "Boolean keys", "True" }, { "keys without values", "2" },
    };

    private static IDataView Data(string kind) => kind switch
    {
        "text keys" => Keys(Text("ok", "bad")),
        "number keys" => Keys(Label(NumberDataViewType.Single, 2.5f, 1f)),
        "Boolean keys" => Keys(Label(BooleanDataViewType.Instance, true, false)),
        _ => Simulated.Table(_rows, kind switch
        {
            "text" => Text("ok", "bad"),
            "true is normal" => Label(BooleanDataViewType.Instance, true, false),
            "Single" => Label(NumberDataViewType.Single, 0.1f, 0f),
            "Double" => Label(NumberDataViewType.Double, -1.5, 0),
            "Int32" => Label(NumberDataViewType.Int32, 7, 0),
            "UInt64" => Label(NumberDataViewType.UInt64, ulong.MaxValue, ulong.MaxValue - 1),
            _ => Label(new KeyDataViewType(typeof(uint), 2), 2u, 1u),
        }),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheValueThatIsNormalCanBeSaid(string kind, string normalLabel)
    {
        IDataView data = Data(kind);
        Assert.Equal(_expected.Value, Simulated.Bytes(Fit(data, normalLabel)));
        // The others have normal rows without the option, too.
        if (kind is not ("text" or "UInt64"))
            Assert.NotEqual(_expected.Value, Simulated.Bytes(Fit(data, null)));
    }

    [Theory]
    [InlineData("Double", "-1.5", "-1.5")]
    [InlineData("Single", "0.1", "0.1")]
    [InlineData("number keys", "2.5", "'2.5'")]
    public void CulturePlaysNoPart(string kind, string normalLabel, string shown)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var context = new MLContext(1);
            List<string> lines = Log(context);
            Assert.Equal(_expected.Value, Simulated.Bytes(Fit(Data(kind), normalLabel, context)));
            Assert.Contains($"Info: 72 of 90 rows are labelled normal ({shown}) in 'Bad' and are trained on.", lines);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void EveryTrainersShortFormTakesIt()
    {
        var context = new MLContext(1);
        List<string> lines = Log(context);
        IDataView data = Data("text");
        AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers = context.AnomalyDetection.Trainers;
        foreach (IEstimator<ITransformer> trainer in (IEstimator<ITransformer>[])
            [
                trainers.Da3d(labelColumnName: "Bad", numberOfEpochs: 1, normalLabel: "ok"), trainers.Alad(labelColumnName: "Bad", numberOfEpochs: 1, normalLabel: "ok"),
                trainers.Arn(labelColumnName: "Bad", numberOfEpochs: 1, normalLabel: "ok"), trainers.AnoEan("Bad", numberOfEpochs: 1, normalLabel: "ok"),
            ])
        {
            lines.Clear();
            trainer.Fit(data);
            Assert.Contains(lines, line => line.StartsWith("Info: 72 of 90 rows are labelled normal ('ok') in 'Bad'", StringComparison.Ordinal));
        }
    }

    private static List<string> Log(MLContext context)
    {
        var lines = new List<string>();
        context.Log += (_, line) =>
        {
            if (line.Kind is ChannelMessageKind.Info or ChannelMessageKind.Warning)
                lines.Add($"{line.Kind}: {line.RawMessage}");
        };
        return lines;
    }

    [Theory]
    [InlineData("text keys", null, "the first key, 'bad'", 18)]
    [InlineData("keys without values", null, "the first key", 18)]
    [InlineData("true is normal", null, "false", 18)]
    [InlineData("Single", null, "0", 18)]
    [InlineData("text keys", "bad", "'bad'", 18)]
    [InlineData("Double", "-1.5", "-1.5", 72)]
    [InlineData("keys without values", "2", "key 2", 72)]
    public void TheLogSaysWhatIsTakenAsNormalAndWarnsOfTheRarerOne(string kind, string? normalLabel, string shown, int count)
    {
        var context = new MLContext(1);
        List<string> lines = Log(context);
        Fit(Data(kind), normalLabel, context);
        Assert.Contains($"Info: {count} of 90 rows are labelled normal ({shown}) in 'Bad' and are trained on.", lines);
        // Who says which label is normal needs no warning.
        string[] warning = normalLabel is not null ? [] :
        [
            $"Warning: Taken as normal in label column 'Bad': {shown}, 18 of 90 labelled rows, fewer than half. " +
            "If another label is the normal one, set NormalLabel to it, else to this one.",
        ];
        Assert.Equal(warning, lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("label", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(10, 10, 5, false)]
    [InlineData(9, 10, 0, true)]
    [InlineData(9, 10, 71, true)]
    [InlineData(10, 4, 76, false)]
    public void RowsWithoutALabelDoNotCountForTheWarning(int normal, int anomalous, int missing, bool warns)
    {
        var context = new MLContext(1);
        List<string> lines = Log(context);
        float[] labels = [.. Enumerable.Repeat(0f, normal), .. Enumerable.Repeat(1f, anomalous), .. Enumerable.Repeat(float.NaN, missing)];
        Fit(Simulated.Table(_rows[..labels.Length], TableColumn.Of("Bad", NumberDataViewType.Single, labels)), null, context);
        Assert.Equal(warns, lines.Exists(line => line.Contains("NormalLabel", StringComparison.Ordinal)));
        Assert.Equal(missing > 0, lines.Contains($"Warning: {missing} of {labels.Length} rows have no label in column 'Bad' and are left out."));
    }

    [Fact]
    public void TextNeedsTheOptionAndSeesWhichValuesThereAre()
    {
        string[] labels = [.. Enumerable.Repeat("ok", 15), "bad", "bad", "", "worse", "bad"];
        TableView data = Simulated.Table(_rows[..20], TableColumn.Of("Bad", TextDataViewType.Instance, [.. labels.Select(label => label.AsMemory())]));
        const string Expected = "Label column 'Bad' is text: set NormalLabel to the value that is normal. " +
            "The column holds 'ok' (15 rows), 'bad' (3 rows), 'worse' (1 row), missing (1 row). (Parameter 'NormalLabel')";
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => Fit(data, null)).Message);
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => Fit(data, "")).Message);
        var chain = new MLContext(1).Transforms.CopyColumns("Copy", "Features").Append(new MLContext(1).AnomalyDetection.Trainers.Da3d(labelColumnName: "Bad"));
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => chain.Fit(data)).Message);
    }

    [Theory]
    [InlineData("text", "OK", "'OK'", "'ok' (72 rows), 'bad' (18 rows)")]
    [InlineData("Int32", "3", "3", "7 (72 rows), 0 (18 rows)")]
    public void AValueThatNeverOccursIsNamedBesideThoseThatDo(string kind, string normalLabel, string shown, string values) => Assert.Equal(
        $"Of 90 rows no row is labelled normal (NormalLabel is {shown}) in column 'Bad'; a detector needs at least 2. The column holds {values}.",
        Assert.Throws<InvalidOperationException>(() => Fit(Data(kind), normalLabel)).Message);

    [Theory]
    [InlineData("true is normal", "yes", "NormalLabel 'yes' is no value of label column 'Bad', which is Boolean: true or false.")]
    [InlineData("Single", "ok", "NormalLabel 'ok' is no value of label column 'Bad', which holds numbers (Single).")]
    [InlineData("Single", "0,1", "NormalLabel '0,1' is no value of label column 'Bad', which holds numbers (Single).")]
    [InlineData("Single", "NaN", "NormalLabel 'NaN' is no value of label column 'Bad', which holds numbers (Single).")]
    [InlineData("Int32", "7.5", "NormalLabel '7.5' is no value of label column 'Bad', which holds numbers (Int32).")]
    [InlineData("text keys", "okay", "NormalLabel 'okay' is no value of label column 'Bad'. Its keys are 'bad', 'ok'.")]
    [InlineData("text keys", "o", "NormalLabel 'o' is no value of label column 'Bad'. Its keys are 'bad', 'ok'.")]
    [InlineData("number keys", "2", "NormalLabel '2' is no value of label column 'Bad'. Its keys are '1', '2.5'.")]
    [InlineData("keys without values", "3", "NormalLabel '3' is no value of label column 'Bad'. Its keys have no values; they are known by their numbers, 1 to 2.")]
    [InlineData("keys without values", "0", "NormalLabel '0' is no value of label column 'Bad'. Its keys have no values; they are known by their numbers, 1 to 2.")]
    public void AValueThatCannotBeIsRefusedBeforeRowsAreRead(string kind, string normalLabel, string expected)
    {
        var failure = Assert.Throws<ArgumentException>(() => Fit(Data(kind), normalLabel));
        Assert.Equal((expected + " (Parameter 'NormalLabel')", "NormalLabel"), (failure.Message, failure.ParamName));
    }

    [Fact]
    public void ManyValuesAreNotAllListed()
    {
        TableColumn label = TableColumn.Of("Bad", NumberDataViewType.Int32, [.. Enumerable.Range(1, RowCount)]);
        string message = Assert.Throws<InvalidOperationException>(() => Fit(Simulated.Table(_rows, label), null)).Message;
        Assert.EndsWith("17 (1 row), 18 (1 row) and others. If another label is the normal one, set NormalLabel to it.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("19 (1 row)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutALabelColumnItIsRefused()
    {
        var failure = Assert.Throws<ArgumentException>(() => new MLContext(1).AnomalyDetection.Trainers.Da3d(normalLabel: "ok"));
        Assert.Equal("NormalLabel 'ok' says nothing without a label column: set LabelColumnName. (Parameter 'NormalLabel')", failure.Message);
    }
}
