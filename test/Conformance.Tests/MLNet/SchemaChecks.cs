using Microsoft.ML;
using Microsoft.ML.Data;

namespace Conformance.Tests.MLNet;

/// <summary>Columns that are promised, delivered, or refused.</summary>
internal static class SchemaChecks
{
    private const int MissingColumns = 2;

    public static IReadOnlyList<TrainerCheck> All { get; } =
    [
        new("28a the promised schema is delivered", PromiseIsKept),
        new("28b columns, order and annotations are those of ML.NET's own anomaly trainer", LikeMLNet),
        new("28c columns named Score and PredictedLabel are hidden behind the new ones", HidesOldColumns),
        new("28d wrong schemas are refused in ML.NET's words, with a remedy", WrongSchemas),
    ];

    // The same rows with columns whose names the trainer takes, of other types.
    private static TableView WithOldColumns()
    {
        float[][] rows = SubjectData.TestRows;
        return new TableView(rows.Length,
            TableColumn.Of("Score", TextDataViewType.Instance, [.. rows.Select((_, r) => $"old {r}".AsMemory())]),
            TableColumn.Vectors("Features", rows),
            TableColumn.Of("PredictedLabel", NumberDataViewType.Single, new float[rows.Length]),
            Label(rows.Length));
    }

    private static TableColumn Label(int rows) => TableColumn.Of("Label", NumberDataViewType.Single, new float[rows]);

    private static void PromiseIsKept(TrainerSubject subject)
    {
        foreach (IDataView data in (IDataView[])[SubjectData.Test(), WithOldColumns()])
        {
            SchemaShape promised = subject.Create().GetOutputSchema(ShapeProbe.ShapeOf(data));
            IDataView delivered = subject.Fitted.Transform(data);
            Assert.Equal(ShapeProbe.Describe(promised), ShapeProbe.Describe(ShapeProbe.ShapeOf(delivered)));
            Assert.Equal(Describe(delivered.Schema), Describe(subject.Fitted.GetOutputSchema(data.Schema)));
        }
    }

    /// <summary>A schema as lines that can be compared: name, type, whether hidden, annotations with their values.</summary>
    public static string[] Describe(DataViewSchema schema) =>
        [.. schema.Select(column => $"{column.Name}: {column.Type}{(column.IsHidden ? ", hidden" : "")} [{string.Join("; ", Annotations(column))}]")];

    private static IEnumerable<string> Annotations(DataViewSchema.Column column) => column.Annotations.Schema
        .OrderBy(kind => kind.Name, StringComparer.Ordinal)
        .Select(kind => $"{kind.Name} {kind.Type} = {Value(column.Annotations, kind)}");

    private static string Value(DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        if (kind.Type is TextDataViewType)
            return Read<ReadOnlyMemory<char>>(annotations, kind).ToString();
        return kind.Type.RawType == typeof(uint) ? $"{Read<uint>(annotations, kind)}" : "";
    }

    private static T Read<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        T value = default!;
        annotations.GetValue(kind.Name, ref value);
        return value;
    }

    private static void LikeMLNet(TrainerSubject subject)
    {
        var mlContext = new MLContext(1);
        IDataView data = SubjectData.Test();
        IDataView theirs = mlContext.AnomalyDetection.Trainers.RandomizedPca(rank: 2, seed: 1).Fit(subject.Training()).Transform(data);
        Assert.Equal(Describe(theirs.Schema), Describe(subject.Fitted.Transform(data).Schema));
        // A second detector behind the first has a set of columns of its own.
        Assert.Equal(Describe(subject.Fitted.Transform(theirs).Schema)[^1], Describe(subject.Fitted.Transform(subject.Fitted.Transform(data)).Schema)[^1]);
    }

    private static void HidesOldColumns(TrainerSubject subject)
    {
        IDataView scored = subject.Fitted.Transform(WithOldColumns());
        Assert.Equal(
            ["Score hidden", "Score", "Features", "PredictedLabel hidden", "PredictedLabel", "Label"],
            scored.Schema.Select(column => column.Name + (column.IsHidden ? " hidden" : "")));
        Assert.Equal(NumberDataViewType.Single, scored.Schema["Score"].Type);
        Assert.Equal(BooleanDataViewType.Instance, scored.Schema["PredictedLabel"].Type);
        Assert.Equal(subject.Expected, ModelLoader.ScoreLine.ReadAll(scored));
        Assert.Equal("old 7", scored.GetColumn<ReadOnlyMemory<char>>(scored.Schema[0]).ElementAt(7).ToString());
    }

    private static void WrongSchemas(TrainerSubject subject)
    {
        const string Missing = "Could not find feature column 'Features'; there are 'Other', 'Label'";
        const string NoVector = "Schema mismatch for feature column 'Features': expected Vector<Single>, got Single; " +
            "make a vector of it, or of several columns, first: mlContext.Transforms.Concatenate(\"Features\", \"Features\") (Parameter 'inputSchema')";
        const string Variable = "Schema mismatch for feature column 'Features': expected Vector<Single>, got VarVector<Single>; " +
            "its size must be known: put [VectorType(n)] on the member that it is read from, " +
            "or set schemaDefinition[\"Features\"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, n) (Parameter 'inputSchema')";
        float[][] rows = SubjectData.TestRows;
        var missing = new TableView(rows.Length, TableColumn.Vectors("Other", rows), Label(rows.Length));
        var scalar = new TableView(rows.Length, TableColumn.Of("Features", NumberDataViewType.Single, new float[rows.Length]), Label(rows.Length));
        var variable = new TableView(rows.Length, TableColumn.Computed("Features", TableColumn.VectorOf(0),
            (long row, ref VBuffer<float> value) => value = new VBuffer<float>(rows[row].Length, rows[row])), Label(rows.Length));
        foreach ((TableView data, string message) in (IEnumerable<(TableView, string)>)[(missing, Missing), (scalar, NoVector), (variable, Variable)])
        {
            Assert.StartsWith(message, Refusal(() => subject.Create().Fit(data)));
            Assert.StartsWith(message, Refusal(() => new MLContext(1).Transforms.CopyColumns("Copy", data.Schema[0].Name).Append(subject.Create()).Fit(data)));
            Assert.StartsWith(message, Refusal(() => subject.Create().GetOutputSchema(ShapeProbe.ShapeOf(data))));
            Assert.Equal(0, data.RowsRead);
        }

        int size = SubjectData.Columns;
        var shorter = new TableView(rows.Length, TableColumn.Vectors("Features", [.. rows.Select(row => row[MissingColumns..])]));
        string length = $"Schema mismatch for feature column 'Features': expected Vector<Single, {size}>, got Vector<Single, {size - MissingColumns}> (Parameter 'inputSchema')";
        Assert.Equal(length, Refusal(() => subject.Fitted.Transform(shorter)));
        Assert.Equal(length, Refusal(() => subject.Fitted.GetOutputSchema(shorter.Schema)));
        Assert.StartsWith(Missing, Refusal(() => subject.Fitted.Transform(missing)));
    }

    private static string Refusal(Action action) => Assert.Throws<ArgumentOutOfRangeException>(action).Message;
}
