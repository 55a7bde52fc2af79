using Microsoft.ML.Adversarial;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public static partial class AdversarialCatalog
{
    /// <summary>Fits methods with their default options to the same rows and tells how they do on others.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">Rows; they are read once and kept in memory.</param>
    /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
    /// <param name="labelColumnName">The truth: Boolean, a number, a key or text. Null: all rows are taken as normal, and what is told needs no labels.</param>
    /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
    /// <param name="methods">Names of methods; null: all that the data allow.</param>
    /// <param name="seed">Seed of the split and of the methods; null takes it from the context's seed.</param>
    /// <returns>The candidates, best first.</returns>
    /// <exception cref="ArgumentException">A method is unknown, or takes labels that there are not.</exception>
    /// <exception cref="InvalidOperationException">There are too few rows, or no anomalies among labelled ones, or a row holds NaN or infinity.</exception>
    public static DetectorComparison Compare(this AnomalyDetectionCatalog catalog, IDataView data, string featureColumnName = "Features",
        string? labelColumnName = null, string? normalLabel = null, IReadOnlyList<string>? methods = null, int? seed = null) =>
        Compare(catalog, data, new ComparisonOptions
        {
            FeatureColumnName = featureColumnName,
            LabelColumnName = labelColumnName,
            NormalLabel = normalLabel,
            Methods = methods,
            Seed = seed,
        });

    /// <summary>Fits methods and pipelines to the same rows and tells how they do on others: see <see cref="ComparisonOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">Rows; they are read once and kept in memory.</param>
    /// <param name="options">What is compared, and how.</param>
    /// <returns>The candidates, best first; one that fails says why, and the others go on.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, a method unknown, or takes labels that there are not.</exception>
    /// <exception cref="InvalidOperationException">There are too few rows, or no anomalies among labelled ones, or a row holds NaN or infinity.</exception>
    public static DetectorComparison Compare(this AnomalyDetectionCatalog catalog, IDataView data, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        IHost host = MLNetInternals.EnvironmentOf(catalog.Trainers).Register(nameof(Compare));
        using IChannel channel = host.Start("Comparing");
        return new ComparisonRun(catalog, options, host).Run(data, channel);
    }
}
