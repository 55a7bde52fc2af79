using Microsoft.ML.Adversarial;

namespace Microsoft.ML;

public static partial class AdversarialCatalog
{
    /// <summary>What a detector does on some rows, for people to look at: see <see cref="DetectorReport.ToHtml"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="scored">Rows that a detector scored; they are read once, and their scores kept.</param>
    /// <param name="options">Which columns are read and what is shown.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or an option is out of its range.</exception>
    /// <exception cref="ArgumentException">The option NormalLabel can be no value of the label column, or is needed and missing.</exception>
    public static DetectorReport CreateReport(this AnomalyDetectionCatalog catalog, IDataView scored, DetectorReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        DetectorMetrics? metrics = options.LabelColumnName is null ? null : catalog.EvaluateDetector(scored, options.LabelColumnName, options.NormalLabel, options.ScoreColumnName, options.PredictedLabelColumnName);
        return new DetectorReport(ReportRows.Read(scored, options), metrics, options);
    }
}
