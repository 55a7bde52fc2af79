using System.Globalization;
using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>Writes which features raise a row's score most, for an alert: names with values and what each adds.</summary>
/// <param name="model">The detector.</param>
/// <param name="features">The column of features.</param>
/// <param name="count">The most features that are named.</param>
internal sealed class TopFeatures(Detector model, DataViewSchema.Column features, int count)
{
    private readonly Explainer _explainer = model.CreateExplainer();
    private readonly FeatureGroups _groups = new(features, model);
    private readonly float[] _contributions = new float[model.Columns];

    /// <summary>The features that add most, greatest first; empty where none adds anything or the row has no score.</summary>
    public string Explain(ReadOnlySpan<float> row)
    {
        if (row.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            return "";
        _explainer.Explain(row, _contributions);
        return string.Join(", ", _groups.Top(row, _contributions, count).Where(share => share.Contribution > 0)
            .Select(share => string.Create(CultureInfo.InvariantCulture, $"{share.Name}={share.Value} (+{share.Contribution:G3})")));
    }
}
