namespace Adversarial.Benchmarks;

/// <summary>A column of a page.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Words">What it is, where the heading does not say it all.</param>
/// <param name="Of">The value of a result.</param>
internal sealed record Metric(string Title, string Words, Func<ResultLine, double> Of)
{
    public static readonly Metric RocAuc = new("ROC-AUC", "", line => line.RocAuc);

    public static readonly Metric AveragePrecision = new("AP", "average precision", line => line.AveragePrecision);

    public static readonly Metric CurveArea = new("AUPRC", "area under the precision-recall curve by trapezoids", line => line.CurveArea);

    public static readonly Metric F1 = new("F1, training quantile", "threshold: 95 % quantile of the training rows' scores", line => line.F1);

    public static readonly Metric TopPrecision = new("Precision, top 20 %", "threshold: 80th percentile of the test rows' scores", line => line.TopPrecision);

    public static readonly Metric TopRecall = new("Recall, top 20 %", "", line => line.TopRecall);

    public static readonly Metric TopF1 = new("F1, top 20 %", "", line => line.TopF1);

    public static readonly Metric BestF1 = new("Best F1", "of all thresholds; chosen by the labels of the test", line => line.BestF1);

    public static readonly Metric BestAccuracy = new("Accuracy", "at the threshold of the best F1", line => line.BestAccuracy);
}

/// <summary>A figure that a paper prints.</summary>
/// <param name="Metric">Of what.</param>
/// <param name="Mean">The figure.</param>
/// <param name="Spread">What stands behind its plus-minus sign; NaN where there is none.</param>
internal sealed record Published(Metric Metric, double Mean, double Spread = double.NaN)
{
    private const int FewestDigits = 2;

    /// <summary>Both figures with as many digits as the longer one has.</summary>
    public override string ToString()
    {
        string format = "F" + Math.Max(FewestDigits, Math.Max(Digits(Mean), Digits(Spread)));
        return double.IsNaN(Spread) ? Mean.ToString(format) : $"{Mean.ToString(format)} ± {Spread.ToString(format)}";
    }

    private static int Digits(double value) => double.IsNaN(value) ? 0 : ((decimal)value).Scale;
}
