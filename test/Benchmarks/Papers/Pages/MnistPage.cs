namespace Adversarial.Benchmarks;

/// <summary>MNIST: AnoEAN, DA3D and what it is compared with, on images; Deep SVDD has a page of its own.</summary>
internal static class MnistPage
{
    private const string Name = "mnist";

    public static readonly PaperPage Page = new(
        Name,
        "MNIST",
        "0 to 4 against 5 to 9 as in DA3D's paper (its table 2), and AnoEAN's \"1 against all\", of which that "
        + "paper has bar charts and no numbers. Networks are convolutions, rows are images of 28 x 28 pixels.",
        [Metric.RocAuc, Metric.AveragePrecision],
        [
            .. Halves(DigitProtocols.Halves(), "DA3D", (.67, .10), (.63, double.NaN)),
            .. Halves(DigitProtocols.Halves(), "GANomaly", (.79, .07), (.74, double.NaN)),
            .. Halves(DigitProtocols.Halves(), "Autoencoder", null, null),
            .. Halves(DigitProtocols.Halves(.01), "DA3D", (.74, .06), null),
            .. Halves(DigitProtocols.Halves(), "ALAD", null, null),
            .. Halves(DigitProtocols.Halves(), "VAE", null, null),
            .. Enumerable.Range(0, 10).Select(digit => new Experiment(Name, "1 against all", DigitProtocols.OneAgainstAll(digit), "AnoEAN")
            {
                Variant = $"digit {digit}",
                Labelled = true,
                Settings = ["EnsembleSize=1"],
            }),
        ],
        [
            "AnoEAN's \"n against m\": its figures print no numbers either.",
            "ALAD's and EGBAD's papers have no protocol of one class on MNIST whose figures are printed as numbers.",
        ])
    { PublishedSpread = "standard deviation of six runs, as DA3D's paper prints them" };

    private static Experiment[] Halves(Protocol protocol, string method, (double Mean, double Spread)? auc, (double Mean, double Spread)? precision)
    {
        var published = new List<Published>();
        if (auc is { } first)
            published.Add(new(Metric.RocAuc, first.Mean, first.Spread));
        if (precision is { } second)
            published.Add(new(Metric.AveragePrecision, second.Mean, second.Spread));
        return [new Experiment(Name, "0 to 4", protocol, method) { Settings = ["EnsembleSize=1"], Published = published }];
    }
}
