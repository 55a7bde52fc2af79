using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Writes which features raise a row's score most, for an alert: names with values and what each adds. The slots of a one-hot group are one feature, whose
/// value is its category.
/// </summary>
internal sealed class TopFeatures
{
    private readonly Explainer _explainer;
    private readonly string[]? _names;
    private readonly ColumnRange[] _features;
    private readonly int _count;
    private readonly float[] _contributions;

    /// <param name="model">The detector.</param>
    /// <param name="features">The column of features.</param>
    /// <param name="count">The most features that are named.</param>
    public TopFeatures(Detector model, DataViewSchema.Column features, int count)
    {
        _explainer = model.CreateExplainer();
        _names = OwnColumn.SlotNamesOf(features);
        _count = count;
        _contributions = new float[model.Columns];
        ColumnRange[] groups = [.. SlotGroups.Candidates(features).Where(range => range.Length >= 2 && range.Start + range.Length <= model.Columns && IsOneHot(model, range))];
        var grouped = new bool[model.Columns];
        foreach (ColumnRange group in groups)
            grouped.AsSpan(group.Start, group.Length).Fill(true);
        _features = [.. groups, .. Enumerable.Range(0, model.Columns).Where(c => !grouped[c]).Select(c => new ColumnRange(c, 1))];
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

    /// <summary>The features that add most, greatest first; empty where none adds anything or the row has no score.</summary>
    public string Explain(ReadOnlySpan<float> row)
    {
        if (row.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            return "";
        _explainer.Explain(row, _contributions);
        var found = new List<(double Sum, ColumnRange Feature)>(_features.Length);
        foreach (ColumnRange feature in _features)
        {
            double sum = 0;
            foreach (float contribution in _contributions.AsSpan(feature.Start, feature.Length))
                sum += contribution;
            if (sum > 0)
                found.Add((sum, feature));
        }

        var texts = new List<string>(_count);
        foreach ((double sum, ColumnRange feature) in found.OrderByDescending(one => one.Sum).Take(_count))
            texts.Add(string.Create(CultureInfo.InvariantCulture, $"{Text(feature, row)} (+{sum:G3})"));
        return string.Join(", ", texts);
    }

    private string Text(ColumnRange feature, ReadOnlySpan<float> row)
    {
        if (feature.Length == 1)
            return string.Create(CultureInfo.InvariantCulture, $"{NameOf(feature.Start)}={row[feature.Start]:G4}");
        int set = row.Slice(feature.Start, feature.Length).IndexOf(1);
        string first = NameOf(feature.Start), name = first.IndexOf('.', StringComparison.Ordinal) is > 0 and int dot ? first[..dot] : $"{first} to {NameOf(feature.Start + feature.Length - 1)}";
        return $"{name}={(set < 0 ? "none of the known" : CategoryOf(feature.Start + set))}";
    }

    private string NameOf(int slot) => _names?[slot] is { Length: > 0 } name ? name : slot.ToString(CultureInfo.InvariantCulture);

    private string CategoryOf(int slot)
    {
        string name = NameOf(slot);
        return name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
    }
}
