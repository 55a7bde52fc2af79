using System.Collections;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embedded.Tests.Golden;

namespace MLNet.Embedded.Tests.Transforms;

public class EveryTransformTests
{
    public static TheoryData<string> Names => [.. Pipelines.All.Keys];

    // A new text is a new string.
    public static TheoryData<string> QuietNames => [.. Pipelines.All.Keys.Where(name => name != "convert-vector-to-text")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Loads_as_it_was_saved(string name)
    {
        (ITransformer model, IDataView data) = Fit(name);
        IDataView expected = model.Transform(data);
        IDataView actual = SavedModel.RoundTrip(model, data.Schema).Transform(data);
        Assert.Equal(Describe(expected.Schema), Describe(actual.Schema));
        Assert.Equal(Show(GoldenColumns.Read(expected, [.. expected.Schema])), Show(GoldenColumns.Read(actual, [.. actual.Schema])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Maps_single_rows_like_a_view(string name)
    {
        (ITransformer model, IDataView data) = Fit(name);
        Assert.True(model.IsRowToRowMapper);
        IRowToRowMapper mapper = model.GetRowToRowMapper(data.Schema);
        IDataView view = model.Transform(data);
        Assert.Equal(Describe(view.Schema), Describe(mapper.OutputSchema));

        using DataViewRowCursor input = data.GetRowCursor(mapper.GetDependencies([mapper.OutputSchema["X"]]));
        using DataViewRow row = mapper.GetRow(input, [mapper.OutputSchema["X"]]);
        DataViewSchema.Column column = mapper.OutputSchema["X"];
        var read = (Func<object>)Call(nameof(ReadValue), column.Type.RawType, row, column);
        var values = new List<object>();
        while (input.MoveNext())
            values.Add(read());
        Assert.Equal(GoldenValue.Show(GoldenColumns.Read(view, [view.Schema["X"]])[0]), GoldenValue.Show(values));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Promises_the_shape_that_it_makes(string name)
    {
        MLContext context = new(seed: 1);
        IDataView data = Flow.Load(context);
        IEstimator<ITransformer> estimator = Pipelines.All[name](context);
        SchemaShape promised = estimator.GetOutputSchema(SchemaShape.Create(data.Schema));
        SchemaShape made = SchemaShape.Create(estimator.Fit(data).GetOutputSchema(data.Schema));
        Assert.Equal(Describe(made), Describe(promised));
    }

    [Theory]
    [MemberData(nameof(QuietNames))]
    public void Allocates_nothing_per_row_once_warm(string name)
    {
        (ITransformer model, IDataView data) = Fit(name);
        IDataView source = new MLContext(seed: 1).Data.Cache(data);
        IDataView view = model.Transform(source);
        DataViewSchema.Column column = view.Schema["X"];
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        Action read = (Action)Call(nameof(ReadAction), column.Type.RawType, cursor, column);
        for (int i = 0; i < Flow.Rows.Length / 2; i++)
        {
            Assert.True(cursor.MoveNext());
            read();
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (cursor.MoveNext())
            read();
        long perRow = (GC.GetAllocatedBytesForCurrentThread() - before) / (Flow.Rows.Length / 2);
        Assert.True(perRow < 8, $"{perRow} bytes a row");
    }

    private static (ITransformer Model, IDataView Data) Fit(string name)
    {
        MLContext context = new(seed: 1);
        IDataView data = Flow.Load(context);
        return (Pipelines.All[name](context).Fit(data), data);
    }

    private static string[] Show(object[][] columns) => Array.ConvertAll(columns, GoldenValue.Show);

    private static string[] Describe(DataViewSchema schema) =>
        schema.Select(column => $"{column} {(column.IsHidden ? "hidden" : "")}").ToArray();

    private static string[] Describe(SchemaShape shape) => shape.Select(column =>
    {
        IEnumerable<string> annotations = column.Annotations.Select(kind => $"{kind.Name}: {kind.GetTypeString()}").Order();
        return $"{column.Name}: {column.GetTypeString()} {{{string.Join(", ", annotations)}}}";
    }).Order().ToArray();

    private static Action ReadAction<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default;
        return () => get(ref value);
    }

    private static Func<object> ReadValue<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            return value is IEnumerable items ? items.Cast<object>().ToArray() : value;
        };
    }

    private static object Call(string method, Type type, params object[] arguments) => typeof(EveryTransformTests)
        .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)
        .MakeGenericMethod(type).Invoke(null, arguments);
}
