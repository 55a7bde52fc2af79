using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;

namespace Conformance.Tests.MLNet;

/// <summary>A trainer as another assembly would add it to the catalog, with a fault.</summary>
public static class ToyCatalog
{
    /// <summary>DA3D that forgets to promise its score.</summary>
    public static IEstimator<ITransformer> ForgetfulDa3d(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, ToyOptions options)
    {
        var right = catalog.Da3d(TrainerSubject.Copy(options, new Da3dTrainer.Options()));
        return new ChangedEstimator(right) { Shape = shape => new SchemaShape(right.GetOutputSchema(shape).Where(column => column.Name != "Score")) };
    }
}

/// <summary>Options of the toy.</summary>
public sealed class ToyOptions : Da3dOptions, IAnomalyDetectorColumns
{
    /// <inheritdoc/>
    public MissingValueHandling MissingValueHandling { get; set; } = MissingValueHandling.Anomaly;

    /// <inheritdoc/>
    public string FeatureColumnName { get; set; } = "Features";

    /// <inheritdoc/>
    public string? LabelColumnName { get; set; }

    /// <inheritdoc/>
    public string? NormalLabel { get; set; }

    public string? FalseAlarmRateColumnName { get; set; }
}
