using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>A row of a block of a file, as ML.NET's transformers read it.</summary>
internal sealed class BlockRow(DataViewSchema schema, IReadOnlyList<ColumnRequest> columns, string file) : DataViewRow
{
    private int _row;

    /// <summary>The block that it looks at.</summary>
    public RowBlock? Block { get; set; }

    public override DataViewSchema Schema => schema;

    public override long Position => Block!.FirstRow - 1 + _row;

    public override long Batch => 0;

    /// <summary>Moves to a row of the block.</summary>
    public void MoveTo(int row) => _row = row;

    public override bool IsColumnActive(DataViewSchema.Column column) => IndexOf(column) >= 0;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        int index = IndexOf(column);
        Delegate getter = columns[index].Kind == CellKind.Number ? (ValueGetter<float>)((ref float value) => value = Block!.Numbers[index][_row])
            : typeof(TValue) == typeof(ReadOnlyMemory<char>) ? (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Block!.Texts[index][_row].AsMemory())
            : typeof(TValue) == typeof(bool) ? (ValueGetter<bool>)((ref bool value) => value = Number(index) != 0)
            : (ValueGetter<TValue>)((ref TValue value) => value = Converted<TValue>(index));
        return (ValueGetter<TValue>)getter;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)Position, 0);

    private int IndexOf(DataViewSchema.Column column)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name == column.Name)
                return i;
        }

        return -1;
    }

    // Types that a float cannot hold are read from the text.
    private T Converted<T>(int index)
    {
        string text = Block!.Texts[index][_row];
        try
        {
            return typeof(T) == typeof(double) && Cell.IsMissing(text) ? (T)(object)double.NaN : (T)Convert.ChangeType(text, typeof(T), CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or InvalidCastException)
        {
            throw new UserError($"{file}, row {Position + 1}, column '{columns[index].Name}': '{text}' is no {typeof(T).Name}, which the model takes there.", failure);
        }
    }

    private float Number(int index) => Cell.TryNumber(Block!.Texts[index][_row], out float value) && !float.IsNaN(value) ? value
        : throw new UserError($"{file}, row {Position + 1}, column '{columns[index].Name}': '{Block!.Texts[index][_row]}' is neither true nor false, which the model takes there.");
}
