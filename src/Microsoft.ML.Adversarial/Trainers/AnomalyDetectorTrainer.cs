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
    private readonly string? _normalLabel;
    private readonly string? _rateColumnName;
    private readonly MissingValueHandling _missingValueHandling;
    private readonly DetectorDescriptor _descriptor;
    private readonly RandomizedPcaTrainer _schemaRules;

    private protected AnomalyDetectorTrainer(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, DetectorOptions options,
        IAnomalyDetectorColumns columns)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        RequireName(columns.FeatureColumnName is { Length: > 0 }, nameof(columns.FeatureColumnName), "the name of a column");
        RequireName(columns.LabelColumnName is not { Length: 0 }, nameof(columns.LabelColumnName), "the name of a column, or null where there is no label");
        options.Validate();
        RequireRateColumn(columns.FalseAlarmRateColumnName, columns.FeatureColumnName, options);
        AnomalyDetectorTransformer.RequireDefined(columns.MissingValueHandling, nameof(IAnomalyDetectorColumns.MissingValueHandling));
        _host = MLNetInternals.EnvironmentOf(catalog).Register(GetType().Name);
        _options = options.Clone();
        _options.Seed ??= _host.Rand.Next();
        _featureColumnName = columns.FeatureColumnName;
        _labelColumnName = columns.LabelColumnName;
        _normalLabel = columns.NormalLabel;
        _rateColumnName = columns.FalseAlarmRateColumnName;
        _missingValueHandling = columns.MissingValueHandling;
        _descriptor = DetectorRegistry.For(options);
        if (_labelColumnName is null && options.LeastAnomalies > 0)
        {
            throw new ArgumentException(
                $"{_descriptor.Name} learns from known anomalies: set {nameof(IAnomalyDetectorColumns.LabelColumnName)} to a column that is true for them.",
                nameof(IAnomalyDetectorColumns.LabelColumnName));
        }

        if (_labelColumnName is null && !string.IsNullOrEmpty(_normalLabel))
        {
            throw new ArgumentException(
                $"{nameof(IAnomalyDetectorColumns.NormalLabel)} '{_normalLabel}' says nothing without a label column: set {nameof(IAnomalyDetectorColumns.LabelColumnName)}.",
                nameof(IAnomalyDetectorColumns.NormalLabel));
        }

        // ML.NET's own anomaly trainer asks for the same column and promises the same ones.
        _schemaRules = catalog.RandomizedPca(_featureColumnName, seed: 0);
    }

    private static void RequireRateColumn(string? name, string featureColumnName, DetectorOptions options)
    {
        const string Option = nameof(IAnomalyDetectorColumns.FalseAlarmRateColumnName);
        new ExtraColumns(name).Require(featureColumnName, Option);
        if (name is not null && options.CalibrationShare is null or 0 && options.FalseAlarmRate is null)
        {
            throw new ArgumentException(
                $"{Option} '{name}' takes held-out rows: set {nameof(options.CalibrationShare)} (0.2 holds a fifth of the rows out), or {nameof(options.FalseAlarmRate)}.", Option);
        }
    }

    private static void RequireName(bool valid, string option, string requirement)
    {
        if (!valid)
            throw new ArgumentException($"Option {option} must be {requirement}.", option);
    }

    /// <summary>Normalised features are better; caching does not matter.</summary>
    public TrainerInfo Info => _schemaRules.Info;

    /// <summary>The columns after scoring: the input's, <c>Score</c>, <c>PredictedLabel</c> and the false-alarm rate where its column is named.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature or label column is missing or of a wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaErrors.CheckFeatures(inputSchema, _featureColumnName);
        if (_labelColumnName is not null)
            LabelColumn.Check(inputSchema, _labelColumnName);
        SchemaShape scored = _schemaRules.GetOutputSchema(inputSchema);
        if (_rateColumnName is null)
            return scored;
        var rate = new DataViewSchema.Builder();
        rate.AddColumn(_rateColumnName, NumberDataViewType.Single);
        return new SchemaShape(scored.Where(column => column.Name != _rateColumnName).Concat(MLNetInternals.ShapeOf(rate.ToSchema())));
    }

    /// <summary>Trains a detector. The options' token cancels; progress goes to the options' listener and to the context's log.</summary>
    /// <param name="input">Rows; where a label column is given, those labelled anomalous are left out, or learned from by a method that uses them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature or label column is missing or of a wrong type.</exception>
    /// <exception cref="ArgumentException">Images are not of the shape that options or the feature column say, the option NormalLabel can be no value of the label column, or the label is text and the option is not set.</exception>
    /// <exception cref="InvalidOperationException">
    /// A training row holds NaN or infinity or another number of values than the column's type says, there are fewer than two normal rows, or
    /// fewer known anomalies than the method needs.
    /// </exception>
    public AnomalyDetectorTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Train(input, static (detector, table) => detector.Fit(table.Normal, table.Anomalies))!;
    }

    /// <summary>
    /// Goes on training from a fitted model (<see cref="AnomalyDetectorTransformer.Model"/>), which stays as it is: its weights are where training begins and its
    /// scaling is kept; threshold and calibration are learned anew. How long, the trainer's options say: without numbers of epochs as long as a first fit.
    /// </summary>
    /// <param name="input">New rows, as for <see cref="Fit(IDataView)"/>; with old ones among them less is forgotten.</param>
    /// <param name="model">A model of the trainer's method, with the same features and networks of the same sizes.</param>
    /// <exception cref="ArgumentException">The model is of another method, other features or sizes; besides what <see cref="Fit(IDataView)"/> says.</exception>
    /// <exception cref="NotSupportedException">The method trains no networks: fit it to old and new rows together.</exception>
    public AnomalyDetectorTransformer Fit(IDataView input, Detector model)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(model);
        return Train(input, (detector, table) => detector.FitFrom(table.Normal, table.Anomalies, model))!;
    }

    /// <summary>Reads the rows, completes the options by them, and leaves it to the caller how the detector is fitted.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="fit">Fits the detector to the rows that were read, or does something else with them.</param>
    /// <returns>The model; null where the detector was not fitted.</returns>
    internal AnomalyDetectorTransformer? Train(IDataView input, Action<Detector, TrainingTable> fit)
    {
        DataViewSchema.Column features = SchemaErrors.CheckFeatures(input.Schema, _featureColumnName);
        using IChannel channel = _host.Start("Training");
        LabelColumn? label = _labelColumnName is null ? null : LabelColumn.Find(input, _labelColumnName, _normalLabel);
        using var watch = new ExecutionWatch(_host, _options.CancellationToken);
        var reader = new TrainingDataReader(input, features, label, _options.LeastAnomalies > 0, new RowLimit(_options.MaximumTrainingRows, _options.Seed!.Value, nameof(_options.MaximumTrainingRows)));
        TrainingTable table = reader.Read(watch.Token, channel);
        DetectorOptions options = _options.Clone();
        options.CancellationToken = watch.Token;
        options.Progress = new LoggedProgress(channel, _options.Progress);
        ImageColumn.Complete(options, features);
        Complete(options, features, table.Normal);
        foreach (string advice in FeatureAdvice.For(options, features))
            channel.Warning(MessageSensitivity.None, advice);
        Detector detector = _descriptor.Create(options, table.Normal.Columns);
        fit(detector, table);
        detector.Options.Progress = null;
        detector.Options.CancellationToken = _options.CancellationToken;
        if (!detector.IsFitted)
            return null;
        if (Constants(detector) is > 0 and int constants)
        {
            channel.Info(MessageSensitivity.None,
                $"{constants} of {detector.Columns} features are constant in the training rows; a change of one raises the score, if the transforms before let it pass: "
                + "NormalizeMinMax and NormalizeMeanVariance make any value of what was constant 0.");
        }

        if (detector.ScaledColumns > 0)
        {
            channel.Info(MessageSensitivity.None,
                $"{detector.ScaledColumns} of {detector.Columns} features are scaled by the detector ({nameof(options.InputScaling)} is {options.InputScaling}).");
        }

        return new AnomalyDetectorTransformer(_host, detector, _featureColumnName, features.Type, detector.Threshold,
            _missingValueHandling, new ExtraColumns(_rateColumnName));
    }

    private static int Constants(Detector detector)
    {
        ReadOnlySpan<float> least = detector.FeatureMinima.Span, greatest = detector.FeatureMaxima.Span;
        int count = 0;
        for (int c = 0; c < least.Length; c++)
            count += least[c] == greatest[c] ? 1 : 0;
        return count;
    }

    /// <summary>Sets options that the feature column decides.</summary>
    private protected virtual void Complete(DetectorOptions options, DataViewSchema.Column features, FeatureMatrix rows)
    {
    }
}
