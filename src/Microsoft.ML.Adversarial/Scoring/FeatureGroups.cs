using System.Globalization;
using Adversarial.Detectors;
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
    private readonly List<(string Name, int Start, int Length)> _groups = [];
    private readonly string[] _slots;

    /// <param name="features">The feature column; without slot names its features are numbered.</param>
    /// <param name="model">The detector that was trained on it: what it knows of the training rows tells groups from numbers with names like theirs.</param>
    public FeatureGroups(DataViewSchema.Column features, Detector model)
    {
        string[]? named = OwnColumn.SlotNamesOf(features);
        _slots = [.. Enumerable.Range(0, model.Columns).Select(i => named?[i] is { Length: > 0 } name ? name : $"{features.Name}[{i}]")];
        var lengths = SlotGroups.Candidates(features).Where(range => range.Length >= 2 && range.Start + range.Length <= model.Columns && IsOneHot(model, range))
            .ToDictionary(range => range.Start, range => range.Length);
        for (int slot = 0; slot < model.Columns;)
        {
            int length = lengths.GetValueOrDefault(slot, 1);
            _groups.Add((length == 1 ? _slots[slot] : Prefix(slot, length), slot, length));
            slot += length;
        }
    }

    // A category that no training row had is 0 in all of them.
    private static bool IsOneHot(Detector model, ColumnRange range)
    {
        for (int c = range.Start; c < range.Start + range.Length; c++)
        {
            if (model.FeatureMinima.Span[c] is not (0 or 1) || model.FeatureMaxima.Span[c] is not (0 or 1))
                return false;
        }

        return true;
    }

    /// <summary>Names of the features.</summary>
    public IEnumerable<string> Names => _groups.Select(group => group.Name);

    /// <summary>The features of a row that add most to its score, the greatest first.</summary>
    public FeatureShare[] Top(ReadOnlySpan<float> features, ReadOnlySpan<float> contributions, int count)
    {
        var sums = new (double Sum, int Group)[_groups.Count];
        for (int g = 0; g < sums.Length; g++)
        {
            double sum = 0;
            foreach (float contribution in contributions.Slice(_groups[g].Start, _groups[g].Length))
                sum += contribution;
            sums[g] = (sum, g);
        }

        var top = new List<FeatureShare>();
        foreach ((double sum, int group) in sums.OrderByDescending(one => one.Sum).Take(count))
            top.Add(new FeatureShare(_groups[group].Name, ValueOf(features, group), sum));
        return [.. top];
    }

    private string ValueOf(ReadOnlySpan<float> features, int group)
    {
        (string name, int start, int length) = _groups[group];
        if (length == 1)
            return features[start].ToString(CultureInfo.InvariantCulture);
        for (int slot = start; slot < start + length; slot++)
        {
            if (features[slot] != 0)
                return _slots[slot].StartsWith(name + '.', StringComparison.Ordinal) ? _slots[slot][(name.Length + 1)..] : _slots[slot];
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
