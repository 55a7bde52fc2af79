using System.Globalization;

namespace Adversarial.Benchmarks;

/// <summary>One column of a table: each row's token, kept as an index into the distinct tokens.</summary>
internal sealed class DataColumn(string name)
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<string> _tokens = [];
    private readonly List<int> _rows = [];
    private float[]? _numbers;

    public string Name { get; } = name;

    /// <summary>Distinct tokens in the order of their first appearance.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>Each distinct token's number.</summary>
    /// <exception cref="FormatException">A token is no number.</exception>
    public float[] Numbers => _numbers ??= [.. _tokens.Select(token => float.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture))];

    /// <summary>Index of a row's token.</summary>
    public int Index(int row) => _rows[row];

    /// <summary>A row's token.</summary>
    public string Token(int row) => _tokens[_rows[row]];

    public void Add(string token)
    {
        if (!_indices.TryGetValue(token, out int index))
        {
            index = _tokens.Count;
            _indices.Add(token, index);
            _tokens.Add(token);
        }

        _rows.Add(index);
    }
}
