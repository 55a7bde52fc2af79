namespace Adversarial.Benchmarks;

/// <summary>MNIST: AnoEAN, DA3D and what it is compared with, on images; Deep SVDD has a page of its own.</summary>
internal static class MnistPage
{
    private const string Name = "mnist";

    private static readonly (int Digit, double Precision)[] _quoted = [(1, .287), (4, .443), (5, .514), (7, .347), (9, .307)];

    public static readonly PaperPage Page = new(
        Name,
        "MNIST",
        "0 to 4 against 5 to 9 as in DA3D's paper (its table 2), AnoEAN's \"1 against all\", of which that "
        + "paper has bar charts and no numbers, and EGBAD's one anomalous digit. Networks are convolutions, rows are images of 28 x 28 pixels.",
        [Metric.RocAuc, Metric.AveragePrecision],
        [
            .. Halves(DigitProtocols.Halves(), "DA3D", (.67, .10), (.63, double.NaN)),
            .. Halves(DigitProtocols.Halves(), "GANomaly", (.79, .07), (.74, double.NaN)),
            .. Halves(DigitProtocols.Halves(), "Autoencoder", null, null),
            .. Halves(DigitProtocols.Halves(.01), "DA3D", (.74, .06), null),
            .. Halves(DigitProtocols.Halves(), "ALAD", null, null),
            .. Halves(DigitProtocols.Halves(), "VAE", null, null),
            .. Halves(DigitProtocols.Halves(), "EGBAD", null, null),
            .. Halves(DigitProtocols.Halves(), "f-AnoGAN", (.56, .09), (.52, double.NaN)),
            .. Halves(DigitProtocols.Halves(), "AnoGAN", null, null),
            .. Enumerable.Range(0, 10).Select(digit => new Experiment(Name, "1 against all", DigitProtocols.OneAgainstAll(digit), "AnoEAN")
            {
                Variant = $"digit {digit}",
                Labelled = true,
                Settings = ["EnsembleSize=1"],
            }),
            .. _quoted.Select(quoted => new Experiment(Name, "1 anomalous", DigitProtocols.OneAnomalous(quoted.Digit), "EGBAD")
            {
                Variant = $"digit {quoted.Digit}",
                Settings = ["EnsembleSize=1", "Score=CrossEntropy"],
                Published = [new(Metric.AveragePrecision, quoted.Precision)],
            }),
        ],
        [
            "AnoEAN's \"n against m\": its figures print no numbers either.",
            "ALAD's paper has no protocol on MNIST. EGBAD's figures are bars in a plot; those of \"1 anomalous\" are as a later paper quotes them for its score of cross entropy, "
            + "for five of the ten digits, and how many of their test images were anomalies is not said.",
            "f-AnoGAN's figures of \"0 to 4\" are those of DA3D's paper, whose critic is bounded and has no gradient penalty.",
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
