using System.Numerics;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Getters that read the members of the row object which a source holds at the moment.</summary>
internal static class RowGetters
{
    internal static Delegate Create<TRow>(TypedColumn column, Func<TRow> current)
        where TRow : class
    {
        Type item = MemberTypes.ItemTypeOf(column.MemberType, out bool isVector);
        string method;
        if (column.MemberType == typeof(string))
            return Text(column.CompileRead<TRow, string>(), current);
        if (column.MemberType == typeof(string[]))
            return Texts(column.CompileRead<TRow, string[]>(), current);
        if (column.MemberType.IsArray)
            method = nameof(Array);
        else if (isVector)
            method = nameof(Vector);
        else if (column.Type is KeyDataViewType)
            method = nameof(Key);
        else
            method = nameof(Value);
        return (Delegate)typeof(RowGetters).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)
            .MakeGenericMethod(typeof(TRow), item).Invoke(null, [column, current]);
    }

    private static ValueGetter<ReadOnlyMemory<char>> Text<TRow>(Func<TRow, string> read, Func<TRow> current) =>
        (ref ReadOnlyMemory<char> value) => value = read(current()).AsMemory();

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> Texts<TRow>(Func<TRow, string[]> read, Func<TRow> current) =>
        (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            string[] texts = read(current()) ?? [];
            VBufferEditor<ReadOnlyMemory<char>> editor = VBufferEditor.Create(ref value, texts.Length);
            for (int i = 0; i < texts.Length; i++)
                editor.Values[i] = texts[i].AsMemory();
            value = editor.Commit();
        };

    private static ValueGetter<T> Value<TRow, T>(TypedColumn column, Func<TRow> current)
    {
        Func<TRow, T> read = column.CompileRead<TRow, T>();
        return (ref T value) => value = read(current());
    }

    /// <summary>A member holds the number of the category from 0, a column from 1; what is out of range is missing.</summary>
    private static ValueGetter<T> Key<TRow, T>(TypedColumn column, Func<TRow> current)
        where T : INumber<T>
    {
        Func<TRow, T> read = column.CompileRead<TRow, T>();
        T count = T.CreateTruncating(((KeyDataViewType)column.Type).Count);
        return (ref T value) =>
        {
            T member = read(current());
            value = member < count ? member + T.One : T.Zero;
        };
    }

    private static ValueGetter<VBuffer<T>> Array<TRow, T>(TypedColumn column, Func<TRow> current)
    {
        Func<TRow, T[]> read = column.CompileRead<TRow, T[]>();
        return (ref VBuffer<T> value) =>
        {
            T[] items = read(current()) ?? [];
            VBuffer<T>.Copy(items, 0, ref value, items.Length);
        };
    }

    private static ValueGetter<VBuffer<T>> Vector<TRow, T>(TypedColumn column, Func<TRow> current)
    {
        Func<TRow, VBuffer<T>> read = column.CompileRead<TRow, VBuffer<T>>();
        return (ref VBuffer<T> value) => read(current()).CopyTo(ref value);
    }
}
