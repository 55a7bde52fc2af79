namespace Adversarial.Benchmarks;

/// <summary>Every method on NSL-KDD under one protocol.</summary>
internal static class NslKddPage
{
    private const string Name = "nsl-kdd";

    private static readonly Experiment _row = new(Name, "NSL-KDD", NslKddProtocols.Strict, "DA3D");

    public static readonly PaperPage Page = new(
        Name,
        "All methods on NSL-KDD",
        "Normal rows of KDDTrain+ train, KDDTest+ tests. The test has 17 types of attack that the training file lacks. Each "
        + "method runs with its default options. AnoEAN alone is given attacks of KDDTrain+.",
        [Metric.RocAuc, Metric.AveragePrecision, Metric.F1],
        [
            _row,
            _row with { Method = "ALAD" },
            _row with { Method = "ARN", Variant = "G" },
            _row with { Method = "ARN", Variant = "N", Preset = "Plain" },
            _row with { Method = "AnoEAN", Labelled = true },
        ],
        []);
}
