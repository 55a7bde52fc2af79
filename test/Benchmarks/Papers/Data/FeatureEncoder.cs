using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>
/// Rows of a table as features: nominal columns one-hot, in the tokens' ordinal order, the others scaled to [0, 1] by the range of the
/// training rows. Other rows may leave that range; a token that the vocabulary lacks gives zeros.
/// </summary>
internal sealed class FeatureEncoder
{
    private readonly record struct Feature(DataColumn Column, int Start, int[]? Slots, float Low, float Range);

    private readonly DataTable _table;
    private readonly List<Feature> _features = [];
    private readonly List<ColumnRange> _groups = [];

    private FeatureEncoder(DataTable table) => _table = table;

    /// <summary>Number of features.</summary>
    public int Width { get; private set; }

    /// <summary>The one-hot groups.</summary>
    public IReadOnlyList<ColumnRange> Groups => _groups;

    /// <summary>Learns vocabulary and ranges.</summary>
    /// <param name="table">The data.</param>
    /// <param name="columns">The columns that become features.</param>
    /// <param name="nominal">Those of them that become one-hot.</param>
    /// <param name="training">Rows whose ranges count.</param>
    /// <param name="vocabulary">Rows whose tokens count; null takes the whole table's.</param>
    public static FeatureEncoder Learn(DataTable table, IEnumerable<string> columns, IReadOnlyCollection<string> nominal, int[] training, int[]? vocabulary)
    {
        var encoder = new FeatureEncoder(table);
        foreach (string name in columns)
        {
            DataColumn column = table[name];
            if (nominal.Contains(name))
                encoder.AddNominal(column, vocabulary);
            else
                encoder.AddNumeric(column, training);
        }

        return encoder;
    }

    private void AddNominal(DataColumn column, int[]? vocabulary)
    {
        IEnumerable<int> known = vocabulary is null ? Enumerable.Range(0, column.Tokens.Count) : vocabulary.Select(column.Index).Distinct();
        int[] ordered = [.. known.OrderBy(index => column.Tokens[index], StringComparer.Ordinal)];
        var slots = new int[column.Tokens.Count];
        Array.Fill(slots, -1);
        for (int i = 0; i < ordered.Length; i++)
            slots[ordered[i]] = i;
        _features.Add(new Feature(column, Width, slots, 0, 1));
        _groups.Add(new ColumnRange(Width, ordered.Length));
        Width += ordered.Length;
    }

    private void AddNumeric(DataColumn column, int[] training)
    {
        float low = float.MaxValue;
        float high = float.MinValue;
        foreach (int row in training)
        {
            float value = column.Numbers[column.Index(row)];
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        // A column that is constant while training keeps its unit, as scikit-learn's MinMaxScaler has it.
        _features.Add(new Feature(column, Width++, null, low, high > low ? high - low : 1));
    }

    public FeatureMatrix Encode(IEnumerable<int> rows)
    {
        var matrix = new FeatureMatrix(Width);
        foreach (int row in rows)
        {
            Span<float> features = matrix.AppendRow();
            foreach (Feature feature in _features)
            {
                int index = feature.Column.Index(row);
                if (feature.Slots is not { } slots)
                    features[feature.Start] = (feature.Column.Numbers[index] - feature.Low) / feature.Range;
                else if (slots[index] >= 0)
                    features[feature.Start + slots[index]] = 1;
            }
        }

        return matrix;
    }

    /// <summary>Whether each row's label column holds 1.</summary>
    public bool[] Labels(IEnumerable<int> rows, bool inverted = false)
    {
        DataColumn label = _table["label"];
        return [.. rows.Select(row => label.Token(row) == "1" != inverted)];
    }
}
