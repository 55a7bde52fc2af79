namespace Microsoft.ML.Data;

internal delegate void ValueMapper<TSrc, TDst>(in TSrc src, ref TDst dst);

/// <summary>Getters that map a column value by value; vectors stay sparse where the default value maps to the default value.</summary>
internal static class MappedGetters
{
    internal static Delegate Make<TSrc, TDst>(DataViewRow input, DataViewSchema.Column column, ValueMapper<TSrc, TDst> map)
    {
        if (column.Type is VectorDataViewType)
            return MakeVector(input.GetGetter<VBuffer<TSrc>>(column), map);
        ValueGetter<TSrc> get = input.GetGetter<TSrc>(column);
        TSrc value = default;
        ValueGetter<TDst> mapped = (ref TDst destination) =>
        {
            get(ref value);
            map(in value, ref destination);
        };
        return mapped;
    }

    internal static bool IsDefault<T>(T value) =>
        value is ReadOnlyMemory<char> text ? text.IsEmpty : EqualityComparer<T>.Default.Equals(value, default);

    internal static ValueGetter<VBuffer<TDst>> MakeVector<TSrc, TDst>(ValueGetter<VBuffer<TSrc>> get, ValueMapper<TSrc, TDst> map)
    {
        TDst ofDefault = default;
        map(default, ref ofDefault);
        bool keepsSparsity = IsDefault(ofDefault);
        VBuffer<TSrc> buffer = default;
        return (ref VBuffer<TDst> destination) =>
        {
            get(ref buffer);
            ReadOnlySpan<TSrc> values = buffer.GetValues();
            bool dense = buffer.IsDense;
            VBufferEditor<TDst> editor =
                VBufferEditor.Create(ref destination, buffer.Length, dense || keepsSparsity ? values.Length : buffer.Length);
            if (dense || keepsSparsity)
            {
                for (int i = 0; i < values.Length; i++)
                    map(in values[i], ref editor.Values[i]);
                if (!dense)
                    buffer.GetIndices().CopyTo(editor.Indices);
            }
            else
            {
                editor.Values.Fill(ofDefault);
                ReadOnlySpan<int> indices = buffer.GetIndices();
                for (int i = 0; i < values.Length; i++)
                    map(in values[i], ref editor.Values[indices[i]]);
            }
            destination = editor.Commit();
        };
    }
}
