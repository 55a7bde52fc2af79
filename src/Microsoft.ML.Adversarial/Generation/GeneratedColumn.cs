using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>A column of a <see cref="GeneratedDataView"/>.</summary>
internal abstract class GeneratedColumn(string name, DataViewType type, DataViewSchema.Annotations? annotations)
{
    public string Name => name;

    public DataViewType Type => type;

    public DataViewSchema.Annotations? Annotations => annotations;

    /// <summary>Number of rows.</summary>
    public abstract int Rows { get; }

    /// <summary>A getter of the value in the row that <paramref name="row"/> tells.</summary>
    public abstract Delegate CreateGetter(Func<int> row);
}

/// <summary>One value a row.</summary>
internal sealed class ValueColumn<T>(string name, DataViewType type, DataViewSchema.Annotations? annotations, T[] values)
    : GeneratedColumn(name, type, annotations)
{
    public override int Rows => values.Length;

    public override Delegate CreateGetter(Func<int> row) => (ValueGetter<T>)((ref T value) => value = values[row()]);
}

/// <summary>A vector a row; all of one length.</summary>
internal sealed class VectorColumn<T>(string name, DataViewType type, DataViewSchema.Annotations? annotations, int width, T[] values)
    : GeneratedColumn(name, type, annotations)
{
    public override int Rows => values.Length / width;

    // The reader owns what it gets, so it gets a copy.
    public override Delegate CreateGetter(Func<int> row) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref value, width);
        values.AsSpan(row() * width, width).CopyTo(editor.Values);
        value = editor.Commit();
    });
}
