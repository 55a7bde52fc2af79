using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>What a protocol hands over for one seed.</summary>
internal sealed class Trial
{
    /// <summary>Rows to train on as normal ones.</summary>
    public required FeatureMatrix Normal { get; init; }

    /// <summary>Rows known to be anomalous, for methods that learn or select by them.</summary>
    public FeatureMatrix? Anomalies { get; init; }

    /// <summary>Rows to score.</summary>
    public required FeatureMatrix Test { get; init; }

    /// <summary>Whether a test row is an anomaly.</summary>
    public required bool[] Labels { get; init; }

    /// <summary>The one-hot groups among the features.</summary>
    public required IReadOnlyList<ColumnRange> Groups { get; init; }

    /// <summary>The shape of the images that rows are; null where they are a table.</summary>
    public ImageShape? Shape { get; init; }

    /// <summary>Encodes row numbers of a table.</summary>
    /// <param name="encoder">The learned encoding.</param>
    /// <param name="normal">Training rows.</param>
    /// <param name="anomalies">Known anomalies; null where there are none.</param>
    /// <param name="test">Test rows.</param>
    /// <param name="inverted">Whether rows labelled 0 are the anomalies.</param>
    public static Trial Of(FeatureEncoder encoder, int[] normal, int[]? anomalies, int[] test, bool inverted = false) => new()
    {
        Normal = encoder.Encode(normal),
        Anomalies = anomalies is { Length: > 0 } ? encoder.Encode(anomalies) : null,
        Test = encoder.Encode(test),
        Labels = encoder.Labels(test, inverted),
        Groups = encoder.Groups,
    };
}
