using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The values that became keys, in the order of the keys.</summary>
internal abstract class TermMap
{
    protected TermMap(PrimitiveDataViewType itemType) => ItemType = itemType;

    internal PrimitiveDataViewType ItemType { get; }

    internal abstract int Count { get; }

    // A key type has at least one value, even where training saw none.
    internal KeyDataViewType KeyType => new(typeof(uint), Math.Max(1, Count));

    internal abstract Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column);

    /// <summary>The getter of the terms as an annotation of <paramref name="valueType"/>.</summary>
    internal abstract Delegate KeyValuesGetter(DataViewSchema.Column source, bool asText, out PrimitiveDataViewType valueType);

    internal void Save(BinaryWriter writer)
    {
        TypeSerializer.Write(writer, ItemType);
        writer.Write(Count);
        SaveTerms(writer);
    }

    internal static TermMap Load(BinaryReader reader)
    {
        var type = TypeSerializer.Read(reader) as PrimitiveDataViewType;
        Errors.CheckDecode(type != null);
        int count = reader.ReadInt32();
        Errors.CheckDecode(count >= 0);
        return GenericCall.Invoke<TermMap>(typeof(TermMap), null, nameof(LoadTerms), [type.RawType], reader, type, count);
    }

    protected abstract void SaveTerms(BinaryWriter writer);

    private static TermMap LoadTerms<T>(BinaryReader reader, PrimitiveDataViewType type, int count)
    {
        var terms = new T[count];
        for (int i = 0; i < count; i++)
            terms[i] = (T)ValueSerializer.Read(reader, typeof(T));
        return new TermMap<T>(type, terms);
    }
}

internal sealed class TermMap<T> : TermMap
{
    private readonly T[] _terms;
    private readonly TermTable<T> _table;

    internal TermMap(PrimitiveDataViewType itemType, T[] terms) : base(itemType)
    {
        _terms = terms;
        _table = TermTable<T>.Create();
        foreach (T term in terms)
            _table.TryAdd(term);
    }

    internal override int Count => _terms.Length;

    internal override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column) =>
        MappedGetters.Make<T, uint>(input, column, (in T value, ref uint key) => key = _table.Find(value));

    internal override Delegate KeyValuesGetter(DataViewSchema.Column source, bool asText, out PrimitiveDataViewType valueType)
    {
        if (ItemType is KeyDataViewType)
        {
            valueType = TextDataViewType.Instance;
            return Getter(KeyTexts(source));
        }
        valueType = asText ? TextDataViewType.Instance : ItemType;
        return asText && ItemType is not TextDataViewType
            ? Getter(Array.ConvertAll(_terms, term => TextValues.Format(term).AsMemory()))
            : Getter(_terms);
    }

    protected override void SaveTerms(BinaryWriter writer)
    {
        foreach (T term in _terms)
            ValueSerializer.Write(writer, term);
    }

    // Keys of keys are best known by what the first keys stand for.
    private ReadOnlyMemory<char>[] KeyTexts(DataViewSchema.Column source)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        bool named = source.HasKeyValues(TextDataViewType.Instance);
        if (named)
            source.GetKeyValues(ref names);
        return Array.ConvertAll(_terms, term =>
        {
            ulong index = Convert.ToUInt64(term) - 1;
            return named ? names.GetItemOrDefault((int)index) : TextValues.Format(index).AsMemory();
        });
    }

    private static ValueGetter<VBuffer<TValue>> Getter<TValue>(TValue[] values) =>
        (ref VBuffer<TValue> destination) => VBuffer<TValue>.Copy(values, 0, ref destination, values.Length);
}
