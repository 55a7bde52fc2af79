using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>Every method on NSL-KDD under one protocol.</summary>
internal static class NslKddPage
{
    private const string Name = "nsl-kdd";

    public static readonly PaperPage Page = new(
        Name,
        "All methods on NSL-KDD",
        "Normal rows of KDDTrain+ train, KDDTest+ tests. The test has 17 types of attack that the training file lacks. Each "
        + "method runs with its default options. Those that learn from labels are given attacks of KDDTrain+: they cannot do without. "
        + "Seconds and rates of 2026-11-27 were taken beside other work, up to ten times of an idle machine's: "
        + "they say which methods are slow, not how slow.",
        [Metric.RocAuc, Metric.AveragePrecision, Metric.F1],
        [.. DetectorRegistry.All.SelectMany(RowsOf)],
        []);

    private static IEnumerable<Experiment> RowsOf(DetectorDescriptor method)
    {
        var row = new Experiment(Name, "NSL-KDD", NslKddProtocols.Strict, method.Name) { Labelled = method.CreateOptions().LeastAnomalies > 0 };
        if (method.Name != "ARN")
            return [row];
        return [row with { Variant = "G" }, row with { Variant = "N", Preset = "Plain" }];
    }
}
