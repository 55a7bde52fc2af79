using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelLoader;

/// <summary>Rows of any schema in a comma-separated text file without header: the columns in their order, vectors slot by slot.</summary>
public static class RowFile
{
    /// <summary>Reads a file as rows of a schema, for example of the one that a model was saved with.</summary>
    public static IDataView Load(MLContext mlContext, DataViewSchema schema, string path)
    {
        var columns = new List<TextLoader.Column>();
        int next = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            int slots = column.Type is VectorDataViewType vector ? vector.Size : 1;
            var range = new TextLoader.Range(next, next + slots - 1) { ForceVector = column.Type is VectorDataViewType };
            columns.Add(new TextLoader.Column(column.Name, KindOf(column.Type), [range]));
            next += slots;
        }

        return mlContext.Data.LoadFromTextFile(path, [.. columns], separatorChar: ',');
    }

    /// <summary>Writes rows; <paramref name="rows"/> holds text, booleans, numbers and arrays of floats.</summary>
    public static void Save(string path, IEnumerable<object[]> rows) =>
        File.WriteAllLines(path, rows.Select(row => string.Join(',', row.Select(Text))));

    private static string Text(object value) => value is float[] vector
        ? string.Join(',', vector.Select(slot => Text(slot)))
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static DataKind KindOf(DataViewType type)
    {
        DataViewType item = type is VectorDataViewType vector ? vector.ItemType : type;
        return item is TextDataViewType ? DataKind.String
            : item is BooleanDataViewType ? DataKind.Boolean
            : item == NumberDataViewType.Single ? DataKind.Single
            : item == NumberDataViewType.Double ? DataKind.Double
            : item == NumberDataViewType.Int32 ? DataKind.Int32
            : throw new NotSupportedException($"A row file does not hold values of type {type}.");
    }
}
