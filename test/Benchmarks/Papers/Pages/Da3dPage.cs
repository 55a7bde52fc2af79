namespace Adversarial.Benchmarks;

/// <summary>Table 2 of DA3D's paper, the columns "DA3D" and "Simple", for the sets that are at hand.</summary>
internal static class Da3dPage
{
    private const string Name = "da3d";

    public static readonly PaperPage Page = new(
        Name,
        "DA3D",
        "Published: Schulze, Sperl, Böttinger, *Double-Adversarial Activation Anomaly Detection* (arXiv:2101.04645), table 2, "
        + "columns \"DA3D\" (advanced generator) and "
        + "\"Simple\". The upper half of that table has clean training rows, the lower half 1 % of pollution. The paper's "
        + "protocol uses no label for selection either; what the strict one changes is said at each table.",
        [Metric.RocAuc, Metric.AveragePrecision],
        [
            .. Rows("NSL-KDD", NslKddProtocols.Paper(), new(.86, .03, .85, .04), new(.90, .01, .87, .04)),
            .. Rows("NSL-KDD", NslKddProtocols.Strict, new(.86, .03, .85, .04), new(.90, .01, .87, .04)),
            .. Rows("NSL-KDD", NslKddProtocols.Paper(0.01), new(.83, .09, .81, .10), new(.87, .04, .85, .05)),
            .. Rows("Mammography", MammographyProtocols.Paper(), new(.84, .03, .38, .09), new(.86, .03, .40, .11)),
            .. Rows("Mammography", MammographyProtocols.Strict, new(.84, .03, .38, .09), new(.86, .03, .40, .11)),
            .. Rows("Mammography", MammographyProtocols.Paper(0.01), new(.79, .08, .16, .10), new(.80, .07, .21, .13)),
            .. Rows("Census", CensusProtocols.Paper(), new(.67, .05, .11, .02), new(.67, .03, .13, .03)),
            .. Rows("Census", CensusProtocols.Strict, new(.67, .05, .11, .02), new(.67, .03, .13, .03)),
            .. Rows("Census", CensusProtocols.Paper(0.01), new(.56, .04, .07, .01), new(.61, .06, .10, .03)),
        ],
        [
            "CreditCard, CoverType, DoH, EMNIST, FMNIST, URL: the sets are not at hand in full.",
            "MNIST: the paper's networks for images are convolutional; dense ones would not be its experiment.",
            "Average precision depends on the share of anomalies in the test: on mammography the strict protocol tests 2,185 "
            + "normal rows with 260 anomalies, the paper 1,640 with 39.",
        ])
    { PublishedSpread = "standard deviation of six runs" };

    private readonly record struct Figures(double Auc, double AucSpread, double Ap, double ApSpread)
    {
        public Published[] Published => [new(Metric.RocAuc, Auc, AucSpread), new(Metric.AveragePrecision, Ap, ApSpread)];
    }

    private static IEnumerable<Experiment> Rows(string data, Protocol protocol, Figures advanced, Figures simple)
    {
        var row = new Experiment(Name, data, protocol, "DA3D");
        yield return row with { Variant = "advanced", Published = advanced.Published };
        yield return row with { Variant = "simple", Preset = "Simple", Published = simple.Published };
    }
}
