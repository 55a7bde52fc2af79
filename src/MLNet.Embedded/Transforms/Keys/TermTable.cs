namespace Microsoft.ML.Data;

/// <summary>Numbers distinct values from 1 in the order of their coming; missing values have the number 0.</summary>
internal abstract class TermTable<T>
{
    internal static TermTable<T> Create()
    {
        object table = typeof(T) == typeof(ReadOnlyMemory<char>) ? new TextTermTable() : new ValueTermTable<T>();
        return (TermTable<T>)table;
    }

    internal abstract int Count { get; }

    internal abstract void TryAdd(T value);

    internal abstract uint Find(T value);

    /// <summary>The terms by number, or by value.</summary>
    internal abstract T[] ToArray(bool sorted);
}

internal sealed class ValueTermTable<T> : TermTable<T>
{
    private readonly Dictionary<T, uint> _numbers = [];
    private readonly List<T> _terms = [];

    internal override int Count => _terms.Count;

    internal override void TryAdd(T value)
    {
        if (IsMissing(value) || !_numbers.TryAdd(value, (uint)_terms.Count + 1))
            return;
        _terms.Add(value);
    }

    internal override uint Find(T value) => IsMissing(value) ? 0 : _numbers.GetValueOrDefault(value);

    internal override T[] ToArray(bool sorted) => sorted ? _terms.Order().ToArray() : _terms.ToArray();

    private static bool IsMissing(T value) => value switch
    {
        float single => float.IsNaN(single),
        double real => double.IsNaN(real),
        _ => false,
    };
}

internal sealed class TextTermTable : TermTable<ReadOnlyMemory<char>>
{
    private readonly Dictionary<string, uint> _numbers;
    private readonly Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<string> _terms = [];

    internal TextTermTable()
    {
        _numbers = new Dictionary<string, uint>(StringComparer.Ordinal);
        _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    internal override int Count => _terms.Count;

    internal override void TryAdd(ReadOnlyMemory<char> value)
    {
        if (value.IsEmpty || _bySpan.ContainsKey(value.Span))
            return;
        string text = value.ToString();
        _terms.Add(text);
        _numbers.Add(text, (uint)_terms.Count);
    }

    internal override uint Find(ReadOnlyMemory<char> value) =>
        !value.IsEmpty && _bySpan.TryGetValue(value.Span, out uint number) ? number : 0;

    internal override ReadOnlyMemory<char>[] ToArray(bool sorted) =>
        (sorted ? _terms.Order(StringComparer.Ordinal) : _terms.AsEnumerable()).Select(term => term.AsMemory()).ToArray();
}
