using System.Globalization;
using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Gives the values of generated rows the type that the schema says.</summary>
internal static class TypedColumns
{
    private static readonly Dictionary<Type, INumberColumns> _numbers = new()
    {
        [typeof(float)] = new NumberColumns<float>(),
        [typeof(double)] = new NumberColumns<double>(),
        [typeof(sbyte)] = new NumberColumns<sbyte>(),
        [typeof(short)] = new NumberColumns<short>(),
        [typeof(int)] = new NumberColumns<int>(),
        [typeof(long)] = new NumberColumns<long>(),
        [typeof(byte)] = new NumberColumns<byte>(),
        [typeof(ushort)] = new NumberColumns<ushort>(),
        [typeof(uint)] = new NumberColumns<uint>(),
        [typeof(ulong)] = new NumberColumns<ulong>(),
    };

    private interface INumberColumns
    {
        GeneratedColumn Create(DataViewSchema.Column like, ColumnValues values);
    }

    /// <summary>Whether a column of a type can hold such values.</summary>
    public static bool CanHold(DataViewType type, ColumnValues values) => (values, type) switch
    {
        (NumberValues numbers, VectorDataViewType { IsKnownSize: true } vector) => vector.ItemType is NumberDataViewType && vector.Size == numbers.Width,
        (NumberValues { Width: 1 } or TermValues, NumberDataViewType or BooleanDataViewType or TextDataViewType) => true,
        (CategoryValues, KeyDataViewType) => true,
        _ => false,
    };

    /// <summary>A column named, typed and annotated as in the pipeline.</summary>
    public static GeneratedColumn Create(SpaceColumn column) => Create(column.Column, column.Values);

    /// <summary>A column named, typed and annotated like another.</summary>
    public static GeneratedColumn Create(DataViewSchema.Column like, ColumnValues values) => like.Type switch
    {
        TextDataViewType => new ValueColumn<ReadOnlyMemory<char>>(like.Name, like.Type, like.Annotations, Texts(values)),
        BooleanDataViewType => new ValueColumn<bool>(like.Name, like.Type, like.Annotations, Booleans(values)),
        VectorDataViewType vector => _numbers[vector.ItemType.RawType].Create(like, values),
        _ => _numbers[like.Type.RawType].Create(like, values),
    };

    private static ReadOnlyMemory<char>[] Texts(ColumnValues values) => values is TermValues terms
        ? [.. Enumerable.Range(0, terms.Categories.Length).Select(row => terms[row].AsMemory())]
        : [.. ((NumberValues)values).Rows.Select(number => ((float)number).ToString(CultureInfo.InvariantCulture).AsMemory())];

    // As ML.NET writes them: one-hot slots of truth values are named "1" and "0".
    private static bool[] Booleans(ColumnValues values) => values is TermValues terms
        ? [.. Enumerable.Range(0, terms.Categories.Length).Select(row => terms[row] is "1" or "True")]
        : [.. ((NumberValues)values).Rows.Select(number => number >= 0.5)];

    private sealed class NumberColumns<T> : INumberColumns
        where T : struct, INumber<T>
    {
        private static readonly bool _isWhole = T.IsZero(T.CreateTruncating(0.5));

        public GeneratedColumn Create(DataViewSchema.Column like, ColumnValues values) => values switch
        {
            NumberValues numbers when like.Type is VectorDataViewType =>
                new VectorColumn<T>(like.Name, like.Type, like.Annotations, numbers.Width, Convert(numbers.Rows)),
            NumberValues numbers => new ValueColumn<T>(like.Name, like.Type, like.Annotations, Convert(numbers.Rows)),
            TermValues terms => new ValueColumn<T>(like.Name, like.Type, like.Annotations,
                [.. Enumerable.Range(0, terms.Categories.Length).Select(row => T.TryParse(terms[row], CultureInfo.InvariantCulture, out T value) ? value : T.Zero)]),
            // A key is stored from 1; 0 is missing.
            CategoryValues keys => new ValueColumn<T>(like.Name, like.Type, like.Annotations, [.. keys.Categories.Select(key => T.CreateChecked(key + 1))]),
            _ => throw new InvalidOperationException($"Column '{like.Name}' cannot hold {values.GetType().Name}."),
        };

        private static T[] Convert(double[] numbers) =>
            Array.ConvertAll(numbers, number => T.CreateSaturating(_isWhole ? Math.Round(number) : number));
    }
}
