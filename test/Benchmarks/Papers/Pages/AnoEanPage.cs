namespace Adversarial.Benchmarks;

/// <summary>Tables 1 and 2 of AnoEAN's paper.</summary>
internal static class AnoEanPage
{
    private const string Name = "anoean";

    private static readonly Published[] _nslKdd = Figures(.979, .0026, .952, .0063, .988, .0028, .983, .0025);
    private static readonly Published[] _kdd99 = Figures(.992, .0008, .973, .0032, .997, .0009, .988, .0014);

    // The paper has one encoder.
    private static readonly string[] _single = ["EnsembleSize=1"];

    public static readonly PaperPage Page = new(
        Name,
        "AnoEAN",
        "Published: the paper's tables 1 (NSL-KDD) and 2 (KDD99); its \"AUC\" is the area under the precision-recall curve, "
        + "its F1 that of the best threshold. "
        + "There is no code of the authors, and the text does not say how the rows are drawn.",
        [Metric.CurveArea, Metric.AveragePrecision, Metric.BestF1, Metric.RocAuc, Metric.BestAccuracy, Metric.F1],
        [
            new Experiment(Name, "NSL-KDD", AnoEanProtocols.NslKddPaper, "AnoEAN") { Labelled = true, Settings = _single, Published = _nslKdd },
            new Experiment(Name, "NSL-KDD", NslKddProtocols.Strict, "AnoEAN")
            {
                Labelled = true,
                Published = _nslKdd,
                Readings = [Reading.Rows, Reading.FifthAnomalous],
            },
            new Experiment(Name, "KDD99", AnoEanProtocols.Kdd99Paper, "AnoEAN") { Labelled = true, Settings = _single, Published = _kdd99 },
            new Experiment(Name, "KDD99", AnoEanProtocols.Kdd99Strict, "AnoEAN") { Labelled = true, Published = _kdd99 },
        ],
        [
            "MNIST (figures 6 and 7): the paper's encoder is convolutional there, and the figures print no numbers.",
        ])
    { PublishedSpread = "as printed, ten seeds" };

    private static Published[] Figures(
        double area, double areaSpread, double f1, double f1Spread, double auc, double aucSpread, double accuracy, double accuracySpread) =>
    [
        new(Metric.CurveArea, area, areaSpread), new(Metric.BestF1, f1, f1Spread), new(Metric.RocAuc, auc, aucSpread),
        new(Metric.BestAccuracy, accuracy, accuracySpread),
    ];
}
