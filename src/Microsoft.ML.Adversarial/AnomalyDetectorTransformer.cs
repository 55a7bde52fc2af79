using Adversarial.Detectors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// A fitted detector in a pipeline: adds <c>PredictedLabel</c> (true: anomaly) and <c>Score</c> (higher: more anomalous; NaN
/// where a feature is NaN or infinite, see <see cref="MissingValueHandling"/>), and, where asked for, how rare such a score is among normal
/// rows (see <see cref="FalseAlarmRateColumnName"/>), where an image is odd (<see cref="WithAnomalyMap"/>) and what each feature adds
/// (<see cref="WithContributions"/>). A row's score depends on that row alone.
/// </summary>
public sealed partial class AnomalyDetectorTransformer : ISingleFeaturePredictionTransformer<Detector>
{
    internal const string UserName = "Adversarial anomaly detector";
    internal const string LoaderSignature = "AdvAnomalyDetector";
    internal const string ModelSignature = "ADV ANOM";

    private readonly IHost _host;

    internal AnomalyDetectorTransformer(IHostEnvironment env, Detector model, string featureColumnName, DataViewType featureColumnType, float threshold,
        MissingValueHandling missingValueHandling = MissingValueHandling.Anomaly, ExtraColumns? extraColumns = null)
    {
        OwnAssembly.LetBeFound();
        _host = env.Register(nameof(AnomalyDetectorTransformer));
        Model = model;
        FeatureColumnName = featureColumnName;
        FeatureColumnType = featureColumnType;
        Threshold = threshold;
        MissingValueHandling = missingValueHandling;
        ExtraColumns = extraColumns ?? new ExtraColumns();
    }

    /// <summary>The fitted detector.</summary>
    public Detector Model { get; }

    /// <summary>The column it reads.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The type of that column: a vector of floats of known size.</summary>
    public DataViewType FeatureColumnType { get; }

    /// <summary>Rows with a score above it are anomalies.</summary>
    public float Threshold { get; }

    /// <summary>What it says of rows with a feature that is NaN or infinite.</summary>
    public MissingValueHandling MissingValueHandling { get; }

    /// <summary>The column it adds that says how rare a row's score is among normal rows; null where it adds none.</summary>
    public string? FalseAlarmRateColumnName => ExtraColumns.FalseAlarmRate;

    /// <summary>The column it adds that says where an image is odd; null where it adds none.</summary>
    public string? AnomalyMapColumnName => ExtraColumns.AnomalyMap;

    /// <summary>The column it adds that says what each feature adds to the score; null where it adds none.</summary>
    public string? FeatureContributionsColumnName => ExtraColumns.FeatureContributions;

    /// <summary>The column it adds that says which features raise the score most; null where it adds none.</summary>
    public string? TopFeaturesColumnName => ExtraColumns.TopFeatures;

    internal ExtraColumns ExtraColumns { get; }

    /// <summary>The most threads that score for one cursor; null: one for each processor, at most 8.</summary>
    internal int? ScoringThreads { get; init; }

    /// <summary>Always true.</summary>
    public bool IsRowToRowMapper => true;

    internal AnomalyDetectorTransformer WithThreshold(float threshold)
    {
        if (float.IsNaN(threshold))
            throw new ArgumentOutOfRangeException(nameof(threshold), "The threshold must be a number.");
        return threshold == Threshold ? this : With(threshold, MissingValueHandling, ExtraColumns);
    }

    internal AnomalyDetectorTransformer WithMissingValueHandling(MissingValueHandling handling)
    {
        RequireDefined(handling, nameof(handling));
        return handling == MissingValueHandling ? this : With(Threshold, handling, ExtraColumns);
    }

    internal AnomalyDetectorTransformer WithFalseAlarmRateColumn(string? columnName)
    {
        if (columnName is not null && Model.CalibrationScores.IsEmpty)
        {
            throw new InvalidOperationException(
                $"No rows were held out when the {Model.Descriptor.Name} model was trained: set option {nameof(DetectorOptions.CalibrationShare)} or {nameof(DetectorOptions.FalseAlarmRate)} before training.");
        }

        return With(ExtraColumns with { FalseAlarmRate = columnName }, nameof(columnName));
    }

    /// <summary>
    /// The same detector with a column more: where an image is odd. For each pixel, how much the reconstruction leaves of it over what is left
    /// there of normal images, so that about 1 is usual; NaN where a feature is NaN or infinite. It is computed when it is read.
    /// </summary>
    /// <param name="columnName">Its name; its type is a vector of height x width numbers. Null takes the column away. It is saved with the model.</param>
    /// <returns>This transformer if it has that column already, else a new one.</returns>
    /// <exception cref="ArgumentException">The name is empty, or that of another column that scoring makes or reads.</exception>
    /// <exception cref="NotSupportedException">The model was not trained on images, or does not reconstruct them; autoencoder, VAE, ALAD, GANomaly, EGBAD, f-AnoGAN and DA3D do.</exception>
    public AnomalyDetectorTransformer WithAnomalyMap(string? columnName = "AnomalyMap")
    {
        if (columnName is not null)
            _ = Model.CreateMapper();
        return With(ExtraColumns with { AnomalyMap = columnName }, nameof(columnName));
    }

    /// <summary>
    /// The same detector with a column more: what each feature adds to the score (<see cref="Detector.Explain"/>), with the slots' names of the
    /// features where these have any; NaN where a feature is NaN or infinite. It is computed when it is read: a row takes as many scores as it has features.
    /// </summary>
    /// <param name="columnName">Its name; its type is a vector as long as the features. Null takes the column away. It is saved with the model.</param>
    /// <returns>This transformer if it has that column already, else a new one.</returns>
    /// <exception cref="ArgumentException">The name is empty, or that of another column that scoring makes or reads.</exception>
    public AnomalyDetectorTransformer WithContributions(string? columnName = "FeatureContributions") =>
        With(ExtraColumns with { FeatureContributions = columnName }, nameof(columnName));

    /// <summary>
    /// The same detector with a column more, for alerts: the features that raise a row's score most, with their values and what each adds, such as
    /// "Service=ftp (+2.1), BytesSent=95000 (+0.8)". The slots of a one-hot group are one feature. Values are those of the feature column. Empty
    /// where no feature adds anything, or one is NaN or infinite. It is computed when it is read, like <see cref="WithContributions"/>.
    /// </summary>
    /// <param name="columnName">Its name; its type is text. Null takes the column away. It is saved with the model.</param>
    /// <param name="count">The most features that are named, at least 1.</param>
    /// <returns>This transformer if it has that column already, else a new one.</returns>
    /// <exception cref="ArgumentException">The name is empty, or that of another column that scoring makes or reads.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public AnomalyDetectorTransformer WithTopFeatures(string? columnName = "TopFeatures", int count = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return With(ExtraColumns with { TopFeatures = columnName, TopFeatureCount = count }, nameof(columnName));
    }

    /// <summary>What <see cref="WithTopFeatures"/> says of each row, one after the other as they are asked for.</summary>
    /// <param name="rows">Rows as <see cref="Transform"/> takes them.</param>
    /// <param name="count">The most features that are named, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1, or the feature column is missing or of another type or size.</exception>
    public IEnumerable<string> ExplainTopFeatures(IDataView rows, int count = 3)
    {
        const string Name = "TopFeatures";
        return WithTopFeatures(Name, count).Transform(rows).GetColumn<string>(Name);
    }

    private AnomalyDetectorTransformer With(ExtraColumns columns, string parameter)
    {
        columns.Require(FeatureColumnName, parameter);
        return columns == ExtraColumns ? this : With(Threshold, MissingValueHandling, columns);
    }

    internal static void RequireDefined(MissingValueHandling handling, string parameter)
    {
        if (!Enum.IsDefined(handling))
            throw new ArgumentOutOfRangeException(parameter, handling, $"{nameof(MissingValueHandling)} must be {string.Join(", ", Enum.GetNames<MissingValueHandling>())}.");
    }

    /// <summary>What <c>PredictedLabel</c> says of a row with this score.</summary>
    internal bool IsAnomaly(float score) => score > Threshold || (float.IsNaN(score) && MissingValueHandling == MissingValueHandling.Anomaly);

    private AnomalyDetectorTransformer With(float threshold, MissingValueHandling handling, ExtraColumns columns) =>
        new(_host, Model, FeatureColumnName, FeatureColumnType, threshold, handling, columns) { ScoringThreads = ScoringThreads };

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or of another type or size.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new ScoringSchema(this, inputSchema).Output;

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new ScoringRowMapper(this, new ScoringSchema(this, inputSchema));

    /// <summary>
    /// Scores lazily: while a cursor moves, rows are gathered in blocks, which are scored on all processors, at most 8. Memory does not grow
    /// with their number, and neither scores nor their order depend on the threads.
    /// </summary>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredDataView(this, input, new ScoringSchema(this, input.Schema));
    }

    /// <summary>
    /// Rows that the method's generator takes for hard anomalies, in the units of the feature column: rows close to the normal ones, most of
    /// which score like them. Each value lies in its feature's range in the training rows. <see cref="AnomalyGenerationExtensions.GenerateAnomalies"/> gives them in the columns of a whole
    /// pipeline's input.
    /// </summary>
    /// <param name="count">Number of rows, at least 1. They are kept in memory.</param>
    /// <param name="seed">Equal seeds give equal rows, also after saving and loading; null draws one from the context.</param>
    /// <param name="minimumScore">The least score of a row that is given, such as <see cref="Threshold"/>; null gives rows of any score.</param>
    /// <returns>Rows in memory with one column, named <see cref="FeatureColumnName"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="NotSupportedException">The method does not generate rows; ARN and DA3D do.</exception>
    /// <exception cref="InvalidOperationException">Among very many drawn rows too few score that high.</exception>
    public IDataView GenerateAnomalies(int count, int? seed = null, float? minimumScore = null)
    {
        float[] rows = Array.ConvertAll(Generate(count, seed, minimumScore).Rows, value => (float)value);
        return new GeneratedDataView(new VectorColumn<float>(FeatureColumnName, FeatureColumnType, annotations: null, Model.Columns, rows));
    }

    internal NumberValues Generate(int count, int? seed, float? minimumScore)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!Model.CanGenerate)
        {
            throw new NotSupportedException(
                $"{Model.Descriptor.Name} does not generate anomalies: train ARN (Trainers.Arn) or DA3D (Trainers.Da3d), which do.");
        }

        FeatureMatrix matrix = Model.GenerateAnomalies(count, seed ?? DrawSeed(), minimumScore);
        var rows = new double[checked(count * matrix.Columns)];
        for (int r = 0; r < count; r++)
        {
            for (int c = 0; c < matrix.Columns; c++)
                rows[r * matrix.Columns + c] = matrix[r][c];
        }

        return new NumberValues(matrix.Columns, rows, Widen(Model.FeatureMinima), Widen(Model.FeatureMaxima));
    }

    private static double[] Widen(ReadOnlyMemory<float> values) => Array.ConvertAll(values.ToArray(), value => (double)value);

    // A transformer may be used from several threads, a random generator may not.
    private int DrawSeed()
    {
        lock (_host)
            return _host.Rand.Next();
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        TransformerFile.Save(this, MLNetInternals.BeginModel(ctx).BaseStream);
    }
}
