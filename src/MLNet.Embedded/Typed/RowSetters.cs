using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Fills the members of row objects from the columns of a row.</summary>
internal static class RowSetters
{
    /// <summary>The columns of a view that fill the members of the class.</summary>
    internal static (TypedColumn Target, DataViewSchema.Column Source)[] Match(Type rowType, DataViewSchema schema,
        bool ignoreMissingColumns, SchemaDefinition definition)
    {
        var matched = new List<(TypedColumn, DataViewSchema.Column)>();
        foreach (TypedColumn target in TypedColumn.Bind(rowType, SchemaDefinition.Direction.Write, definition))
        {
            if (schema.GetColumnOrNull(target.Name) is not { } source)
            {
                if (ignoreMissingColumns)
                    continue;
                throw Errors.ColumnNotFound("Schema", "", target.Name);
            }

            if (!MemberTypes.IsCompatible(source.Type, target.MemberType))
                throw TypedColumn.CannotBind(source.Name, source.Type, target.Member);
            matched.Add((target, source));
        }

        return matched.ToArray();
    }

    internal static Action<TRow> Create<TRow>(DataViewRow row, (TypedColumn Target, DataViewSchema.Column Source)[] columns)
        where TRow : class
    {
        Action<TRow>[] setters = Array.ConvertAll(columns, column => Create<TRow>(row, column.Target, column.Source));
        return target =>
        {
            foreach (Action<TRow> setter in setters)
                setter(target);
        };
    }

    private static Action<TRow> Create<TRow>(DataViewRow row, TypedColumn target, DataViewSchema.Column source)
        where TRow : class
    {
        Type item = MemberTypes.ItemTypeOf(target.MemberType, out bool isVector);
        if (target.MemberType == typeof(string))
            return Text<TRow>(row, target, source);
        if (target.MemberType == typeof(string[]))
            return Texts<TRow>(row, target, source);
        string method = target.MemberType.IsArray ? nameof(Items) : isVector ? nameof(Vector) : nameof(Value);
        return (Action<TRow>)typeof(RowSetters).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)
            .MakeGenericMethod(typeof(TRow), item).Invoke(null, [row, target, source]);
    }

    private static Action<TRow> Text<TRow>(DataViewRow row, TypedColumn target, DataViewSchema.Column source)
    {
        ValueGetter<ReadOnlyMemory<char>> get = row.GetGetter<ReadOnlyMemory<char>>(source);
        Action<TRow, string> write = target.CompileWrite<TRow, string>();
        ReadOnlyMemory<char> value = default;
        return to =>
        {
            get(ref value);
            write(to, value.ToString());
        };
    }

    private static Action<TRow> Texts<TRow>(DataViewRow row, TypedColumn target, DataViewSchema.Column source)
    {
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> get = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(source);
        Action<TRow, string[]> write = target.CompileWrite<TRow, string[]>();
        Func<TRow, string[]> read = target.CanRead ? target.CompileRead<TRow, string[]>() : _ => null;
        VBuffer<ReadOnlyMemory<char>> value = default;
        return to =>
        {
            get(ref value);
            string[] items = Resize(read(to), value.Length);
            for (int i = 0; i < value.Length; i++)
                items[i] = value.GetItemOrDefault(i).ToString();
            write(to, items);
        };
    }

    private static Action<TRow> Value<TRow, T>(DataViewRow row, TypedColumn target, DataViewSchema.Column source)
    {
        ValueGetter<T> get = row.GetGetter<T>(source);
        Action<TRow, T> write = target.CompileWrite<TRow, T>();
        T value = default;
        return to =>
        {
            get(ref value);
            write(to, value);
        };
    }

    private static Action<TRow> Items<TRow, T>(DataViewRow row, TypedColumn target, DataViewSchema.Column source)
    {
        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(source);
        Action<TRow, T[]> write = target.CompileWrite<TRow, T[]>();
        Func<TRow, T[]> read = target.CanRead ? target.CompileRead<TRow, T[]>() : _ => null;
        VBuffer<T> value = default;
        return to =>
        {
            get(ref value);
            T[] items = Resize(read(to), value.Length);
            if (items != null)
                value.CopyTo(items);
            write(to, items);
        };
    }

    private static Action<TRow> Vector<TRow, T>(DataViewRow row, TypedColumn target, DataViewSchema.Column source)
    {
        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(source);
        Action<TRow, VBuffer<T>> write = target.CompileWrite<TRow, VBuffer<T>>();
        Func<TRow, VBuffer<T>> read = target.CanRead ? target.CompileRead<TRow, VBuffer<T>>() : _ => default;
        return to =>
        {
            // The vector of this object, not one shared by all: each object keeps its values.
            VBuffer<T> value = read(to);
            get(ref value);
            write(to, value);
        };
    }

    /// <summary>The array itself where it fits; an absent array stays absent for no values.</summary>
    private static T[] Resize<T>(T[] items, int length) => (items?.Length ?? 0) == length ? items : new T[length];
}
