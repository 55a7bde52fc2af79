namespace Adversarial.Benchmarks;

/// <summary>Table 1 of Deep SVDD's paper: MNIST, one digit normal.</summary>
internal static class DeepSvddPage
{
    private const string Name = "deep-svdd";
    private const string Data = "MNIST";

    // One network as in the paper, and all images of the digit to train on.
    private static readonly string[] _single = ["EnsembleSize=1", "CalibrationShare=0"];

    // Mean and deviation over ten seeds.
    private static readonly (double Mean, double Spread)[] _published =
    [
        (.980, .007), (.997, .001), (.917, .008), (.919, .015), (.949, .008), (.885, .009), (.983, .005), (.946, .009), (.939, .016), (.965, .003),
    ];

    public static readonly PaperPage Page = new(
        Name,
        "Deep SVDD",
        "Published: the paper's table 1, one-class Deep SVDD, ROC-AUC. The network is the paper's (5 x 5 convolutions of 8 and 4 channels, each with "
        + "batch normalisation and max pooling, and a code of 32), and so is the preparation of the images (contrast normalised). The schedule is this "
        + "library's default: 2000 + 2000 steps of 200 images at 1e-3 and 1e-4, where the paper has 150 + 150 epochs or more at a tenth of both.",
        [Metric.RocAuc, Metric.AveragePrecision],
        [
            .. Enumerable.Range(0, _published.Length).Select(digit => new Experiment(Name, Data, DigitProtocols.OneNormal(digit), "Deep SVDD")
            {
                Settings = _single,
                Published = [new Published(Metric.RocAuc, _published[digit].Mean, _published[digit].Spread)],
            }),
        ],
        [
            "CIFAR-10 and the stop signs of GTSRB: their images are not among this project's data sets.",
        ])
    { PublishedSpread = "ten seeds", HasMeans = true };
}
