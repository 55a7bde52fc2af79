using Microsoft.ML.Adversarial;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public static partial class AdversarialCatalog
{
    /// <summary>Tries values of a method's options and gives the best ones, with a model of them.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">Rows; they are read once and kept in memory.</param>
    /// <param name="method">Name of the method.</param>
    /// <param name="featureColumnName">A vector of <see cref="float"/> of known size.</param>
    /// <param name="labelColumnName">The truth: Boolean, a number, a key or text. Null: all rows are taken as normal, and what decides needs no labels.</param>
    /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
    /// <param name="numberOfTrials">Number of trials, at least 1; the first has the default options.</param>
    /// <param name="seed">Seed of splits, draws and fits; null takes it from the context's seed.</param>
    /// <returns>The trials and the best one's model.</returns>
    /// <exception cref="ArgumentException">The method is unknown, or takes labels that there are not.</exception>
    /// <exception cref="InvalidOperationException">There are too few rows or anomalies, a row holds NaN or infinity, or no trial has a result.</exception>
    public static DetectorSweep Sweep(this AnomalyDetectionCatalog catalog, IDataView data, string method, string featureColumnName = "Features",
        string? labelColumnName = null, string? normalLabel = null, int numberOfTrials = 20, int? seed = null) =>
        Sweep(catalog, data, new SweepOptions
        {
            Method = method,
            FeatureColumnName = featureColumnName,
            LabelColumnName = labelColumnName,
            NormalLabel = normalLabel,
            NumberOfTrials = numberOfTrials,
            Seed = seed,
        });

    /// <summary>
    /// Tries values of a method's options: see <see cref="SweepOptions"/>. The rows are split into training, validation and test rows. Trials are fitted to the
    /// first and told apart by the second; the best one is fitted anew to both and measured on the third, which decide nothing.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">Rows; they are read once and kept in memory.</param>
    /// <param name="options">What is searched, and how.</param>
    /// <returns>The trials and the best one's model; a trial that fails says why, and the others go on.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, the method unknown, or takes labels that there are not; a searched option is none of the method's.</exception>
    /// <exception cref="InvalidOperationException">There are too few rows or anomalies, a row holds NaN or infinity, no trial has a result, or the checkpoint is of another sweep.</exception>
    /// <exception cref="FormatException">The file at the checkpoint's path is no checkpoint of a sweep.</exception>
    /// <exception cref="IOException">The folder of the checkpoint does not exist or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static DetectorSweep Sweep(this AnomalyDetectionCatalog catalog, IDataView data, SweepOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        IHost host = MLNetInternals.EnvironmentOf(catalog.Trainers).Register(nameof(Sweep));
        using IChannel channel = host.Start("Sweeping");
        return new SweepRun(catalog, options, host).Run(data, channel);
    }
}
