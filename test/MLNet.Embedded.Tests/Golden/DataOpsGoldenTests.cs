using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

public sealed class DataOpsGoldenTests
{
    private const string FileName = "data-ops.json";

    public static TheoryData<string> Names => GoldenFile.Names(FileName);

    [Theory]
    [MemberData(nameof(Names))]
    public void Matches(string name)
    {
        GoldenCase golden = GoldenFile.Get(FileName, name);
        if (golden.Exception is { } exception)
            GoldenException.AssertThrows(exception, stage => Run(golden, stage));
        else
            Run(golden, new GoldenStage());
    }

    private static void Run(GoldenCase golden, GoldenStage stage)
    {
        var context = new MLContext(seed: 1);
        string scenario = golden.Settings.GetProperty("scenario").GetString();
        if (scenario.StartsWith("LoadFromEnumerable of the rows") || golden.Name.StartsWith("schema-definition"))
            CompareColumns(golden, TypedRowScenarios.Load(golden.Name, context), stage);
        else if (scenario.StartsWith("CreateEnumerable<class>"))
            ObjectScenarios.Run(golden, context, GoldenTable.Load(golden.Input), stage);
        else if (golden.Name.StartsWith("preview"))
            Preview(golden, context);
        else if (golden.Input.ValueKind == JsonValueKind.Object)
            RowOperation(golden, context, GoldenTable.Load(golden.Input), stage);
        else
            ViewScenarios.Run(golden);
    }

    private static void RowOperation(GoldenCase golden, MLContext context, IDataView input, GoldenStage stage)
    {
        DataOperationsCatalog data = context.Data;
        stage.Name = "operate";
        IDataView result = golden.Name switch
        {
            "take-2" => data.TakeRows(input, 2),
            "take-0" => data.TakeRows(input, 0),
            "take-99" => data.TakeRows(input, 99),
            "skip-2" => data.SkipRows(input, 2),
            "skip-5" => data.SkipRows(input, 5),
            "skip-then-take" => data.TakeRows(data.SkipRows(input, 1), 2),
            "filter-1-3" => data.FilterRowsByColumn(input, "X", 1, 3),
            "filter--4-5.5" => data.FilterRowsByColumn(input, "X", -4, 5.5),
            "filter--Infinity-Infinity" => data.FilterRowsByColumn(input, "X", double.NegativeInfinity, double.PositiveInfinity),
            "filter-3-3" => data.FilterRowsByColumn(input, "X", 3, 3),
            "filter-default-bounds" => data.FilterRowsByColumn(input, "X"),
            "filter-int" => data.FilterRowsByColumn(input, "X", 0, 2),
            "filter-key" => data.FilterRowsByColumn(input, "K", 0, 0.5),
            "missing-single" => data.FilterRowsByMissingValues(input, "X"),
            "missing-text" => data.FilterRowsByMissingValues(input, "T"),
            "missing-vector" => data.FilterRowsByMissingValues(input, "V"),
            "missing-key" => data.FilterRowsByMissingValues(input, "K"),
            "missing-int" => data.FilterRowsByMissingValues(input, "I"),
            _ => throw new NotSupportedException(golden.Name),
        };
        Assert.Equal(golden.Expected.Optional("rowCount")?.GetInt64(), result.GetRowCount());
        CompareColumns(golden, result, stage);
    }

    private static void CompareColumns(GoldenCase golden, IDataView view, GoldenStage stage)
    {
        stage.Name = "read";
        if (golden.Exception == null)
            GoldenColumns.AssertEqual(golden.Expected.GetProperty("columns"), view);
        else
            GoldenColumns.Read(view, [.. view.Schema]);
    }

    private static void Preview(GoldenCase golden, MLContext context)
    {
        if (golden.Name == "preview-default")
        {
            IDataView rows = context.Data.LoadFromEnumerable(Enumerable.Range(0, 150).Select(_ => new Numbers()));
            Assert.Equal(100, rows.Preview().RowView.Length);
            return;
        }

        DataDebuggerPreview preview = GoldenTable.Load(golden.Input).Preview(maxRows: golden.Name == "preview-3" ? 3 : 100);
        JsonElement expected = golden.Expected;
        Assert.Equal(expected.GetProperty("rowCount").GetInt32(), preview.RowView.Length);
        Assert.Equal(expected.GetProperty("columnCount").GetInt32(), preview.ColumnView.Length);
        Assert.Equal(expected.GetProperty("schema").Strings(), preview.Schema.Select(column => column.Name));
        Assert.Equal(expected.GetProperty("toString").GetString(), preview.ToString());
        JsonElement[] firstRow = expected.GetProperty("firstRow").EnumerateArray().ToArray();
        foreach ((JsonElement wanted, KeyValuePair<string, object> actual) in firstRow.Zip(preview.RowView[0].Values))
        {
            Assert.Equal(wanted[0].GetString(), actual.Key);
            Assert.Null(GoldenValue.Difference(wanted[1], actual.Value, 0));
        }

        foreach ((JsonElement wanted, DataDebuggerPreview.ColumnInfo actual) in
            expected.GetProperty("columnValues").EnumerateArray().Zip(preview.ColumnView))
        {
            Assert.Equal(wanted.GetProperty("name").GetString(), actual.Column.Name);
            Assert.Null(GoldenValue.Difference(wanted.GetProperty("values"), actual.Values, 0));
        }
    }
}
