using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>What a feature adds to a row's score, as people read it.</summary>
/// <param name="Name">The feature; of a one-hot group the column that it was made of.</param>
/// <param name="Value">Its value in the row; of a one-hot group the category.</param>
/// <param name="Contribution">What it adds, in units of the score; of a one-hot group the sum of its slots'.</param>
internal sealed record FeatureShare(string Name, string Value, double Contribution);

/// <summary>Slots of a feature column as features: a number is one, and so are all slots of a one-hot group.</summary>
internal sealed class FeatureGroups
{
    private const string CategoricalSlotRanges = "CategoricalSlotRanges";

    private readonly List<(string Name, int Start, int Length)> _groups = [];
    private readonly string[] _slots;

    /// <param name="features">The feature column; without slot names its features are numbered.</param>
    /// <param name="width">Number of slots.</param>
    public FeatureGroups(DataViewSchema.Column features, int width)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (features.HasSlotNames())
            features.GetSlotNames(ref names);
        string[] named = [.. names.DenseValues().Select(name => name.ToString())];
        _slots = [.. Enumerable.Range(0, width).Select(i => i < named.Length && named[i].Length > 0 ? named[i] : $"{features.Name}[{i}]")];
        var groups = new Dictionary<int, int>();
        if (features.Annotations.Schema.GetColumnOrNull(CategoricalSlotRanges) is not null)
        {
            VBuffer<int> ranges = default;
            features.Annotations.GetValue(CategoricalSlotRanges, ref ranges);
            int[] ends = [.. ranges.DenseValues()];
            for (int i = 0; i + 1 < ends.Length; i += 2)
                groups[ends[i]] = ends[i + 1] - ends[i] + 1;
        }

        for (int slot = 0; slot < width;)
        {
            int length = Math.Clamp(groups.GetValueOrDefault(slot, 1), 1, width - slot);
            _groups.Add((length == 1 && !groups.ContainsKey(slot) ? _slots[slot] : Prefix(slot, length), slot, length));
            slot += length;
        }
    }

    /// <summary>Names of the features.</summary>
    public IEnumerable<string> Names => _groups.Select(group => group.Name);

    /// <summary>The features of a row that add most to its score, the greatest first.</summary>
    public FeatureShare[] Top(ReadOnlySpan<float> features, ReadOnlySpan<float> contributions, int count)
    {
        var shares = new FeatureShare[_groups.Count];
        for (int g = 0; g < shares.Length; g++)
        {
            (string name, int start, int length) = _groups[g];
            double sum = 0;
            foreach (float contribution in contributions.Slice(start, length))
                sum += contribution;
            shares[g] = new FeatureShare(name, ValueOf(features, g), sum);
        }

        return [.. shares.OrderByDescending(share => share.Contribution).Take(count)];
    }

    private string ValueOf(ReadOnlySpan<float> features, int group)
    {
        (string name, int start, int length) = _groups[group];
        if (name == _slots[start])
            return features[start].ToString(CultureInfo.InvariantCulture);
        for (int slot = start; slot < start + length; slot++)
        {
            if (features[slot] != 0)
                return _slots[slot][(name.Length + 1)..];
        }

        return "none of those known";
    }

    // "Service.http" beside "Service.ftp" is "Service"; where the names tell nothing the first one stands for all.
    private string Prefix(int start, int length)
    {
        string first = _slots[start];
        for (int dot = first.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = first.IndexOf('.', dot + 1))
        {
            string prefix = first[..(dot + 1)];
            if (_slots.AsSpan(start, length).ToArray().All(slot => slot.StartsWith(prefix, StringComparison.Ordinal)))
                return first[..dot];
        }

        return first;
    }
}
