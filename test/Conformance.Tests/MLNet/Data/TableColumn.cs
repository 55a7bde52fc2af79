using Microsoft.ML;
using Microsoft.ML.Data;

namespace Conformance.Tests.MLNet;

/// <summary>Writes the value of one cell.</summary>
public delegate void CellReader<T>(long row, ref T value);

/// <summary>A column of a <see cref="TableView"/>.</summary>
public abstract class TableColumn(string name, DataViewType type)
{
    public string Name { get; } = name;

    public DataViewType Type { get; } = type;

    public DataViewSchema.Annotations? Annotations { get; init; }

    /// <summary>A getter for the row that <paramref name="row"/> tells.</summary>
    public abstract Delegate CreateGetter(Func<long> row);

    /// <summary>Values made when they are asked for: a table of any length needs no memory.</summary>
    public static TableColumn Computed<T>(string name, DataViewType type, CellReader<T> read) => new Reader<T>(name, type, read);

    /// <summary>Values made when they are asked for, with annotations.</summary>
    public static TableColumn Computed<T>(string name, DataViewType type, DataViewSchema.Annotations annotations, CellReader<T> read) =>
        new Reader<T>(name, type, read) { Annotations = annotations };

    /// <summary>Values from a list.</summary>
    public static TableColumn Of<T>(string name, DataViewType type, IReadOnlyList<T> values) =>
        Computed(name, type, (long row, ref T value) => value = values[(int)row]);

    /// <summary>Vectors of floats; a sparse one holds the values that are not zero.</summary>
    public static TableColumn Vectors(string name, IReadOnlyList<float[]> rows, bool sparse = false) =>
        Computed(name, VectorOf(rows[0].Length), (long row, ref VBuffer<float> value) => Copy(rows[(int)row], sparse, ref value));

    /// <summary>The type of vectors of so many floats; 0 means that the length varies.</summary>
    public static VectorDataViewType VectorOf(int size) => size == 0
        ? new VectorDataViewType(NumberDataViewType.Single)
        : new VectorDataViewType(NumberDataViewType.Single, size);

    private static void Copy(float[] row, bool sparse, ref VBuffer<float> value)
    {
        int count = sparse ? row.Count(slot => slot != 0) : row.Length;
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, row.Length, count);
        int at = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (count < row.Length && row[i] == 0)
                continue;
            if (count < row.Length)
                editor.Indices[at] = i;
            editor.Values[at++] = row[i];
        }

        value = editor.Commit();
    }

    private sealed class Reader<T>(string name, DataViewType type, CellReader<T> read) : TableColumn(name, type)
    {
        public override Delegate CreateGetter(Func<long> row) => (ValueGetter<T>)((ref T value) => read(row(), ref value));
    }
}
