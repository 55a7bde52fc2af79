using Adversarial.Detectors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Adversarial;

/// <summary>The estimator of all detectors: reads the rows once, trains, gives an <see cref="AnomalyDetectorTransformer"/>.</summary>
public abstract class AnomalyDetectorTrainer : ITrainerEstimator<AnomalyDetectorTransformer, Detector>
{
    private readonly IHost _host;
    private readonly DetectorOptions _options;
    private readonly string _featureColumnName;
    private readonly string? _labelColumnName;
    private readonly RandomizedPcaTrainer _schemaRules;

    private protected AnomalyDetectorTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, DetectorOptions? options,
        string? featureColumnName, string? labelColumnName)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(featureColumnName);
        options.Validate();
        _host = MLNetInternals.EnvironmentOf(catalog).Register(GetType().Name);
        _options = options.Clone();
        _options.Seed ??= _host.Rand.Next();
        _featureColumnName = featureColumnName;
        _labelColumnName = string.IsNullOrEmpty(labelColumnName) ? null : labelColumnName;

        // ML.NET's own anomaly trainer asks for the same column and promises the same ones.
        _schemaRules = catalog.RandomizedPca(featureColumnName, seed: 0);
    }

    /// <summary>Normalised features are better; caching does not matter.</summary>
    public TrainerInfo Info => _schemaRules.Info;

    /// <summary>The columns after scoring: the input's, <c>Score</c> and <c>PredictedLabel</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature or label column is missing or of a wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (_labelColumnName is not null && !inputSchema.Any(column => column.Name == _labelColumnName))
            throw SchemaErrors.NotFound("label", _labelColumnName);
        return _schemaRules.GetOutputSchema(inputSchema);
    }

    /// <summary>Trains a detector. The options' token cancels; progress goes to the options' listener and to the context's log.</summary>
    /// <param name="input">Rows; those labelled anomalous are left out where a label column is given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature or label column is missing or of a wrong type.</exception>
    /// <exception cref="InvalidOperationException">A training row holds NaN or infinity, or there are fewer than two rows.</exception>
    public AnomalyDetectorTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column features = SchemaErrors.CheckFeatures(input.Schema, _featureColumnName);
        using IChannel channel = _host.Start("Training");
        FeatureMatrix rows = new TrainingDataReader(input, features, _labelColumnName).Read(_options.CancellationToken, channel);
        DetectorOptions options = _options.Clone();
        options.Progress = new LoggedProgress(channel, _options.Progress);
        Detector detector = DetectorRegistry.For(options).Create(options, rows.Columns);
        detector.Fit(rows);
        detector.Options.Progress = null;
        if (detector.ScaledColumns > 0)
        {
            channel.Info(MessageSensitivity.None,
                $"{detector.ScaledColumns} of {detector.Columns} features lie outside [0, 1] and are scaled to it by the detector.");
        }

        return new AnomalyDetectorTransformer(_host, detector, _featureColumnName, features.Type, detector.Threshold);
    }
}
