using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>A model file: a pipeline with a detector in it, and the columns that it was trained on.</summary>
internal sealed class DetectorModel
{
    private DetectorModel(MLContext context, ITransformer[] before, AnomalyDetectorTransformer detector, DataViewSchema schema, string name)
    {
        Context = context;
        Before = new TransformerChain<ITransformer>(before);
        Detector = detector;
        InputSchema = schema;
        Name = name;
        Mapper = UserError.Of(() => ((ITransformer)Before).GetRowToRowMapper(schema));
        Features = Mapper.OutputSchema.GetColumnOrNull(detector.FeatureColumnName)
            ?? throw new UserError($"{name} has no column '{detector.FeatureColumnName}' before its detector.");
        Inputs = [.. Mapper.GetDependencies([Features]).Where(column => !column.IsHidden)];
    }

    public MLContext Context { get; }

    /// <summary>For messages.</summary>
    public string Name { get; }

    /// <summary>What stands before the detector.</summary>
    public TransformerChain<ITransformer> Before { get; }

    /// <summary>The detector.</summary>
    public AnomalyDetectorTransformer Detector { get; private set; }

    /// <summary>The columns that it was trained on, its label's among them.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>From a row of the input to the features.</summary>
    public IRowToRowMapper Mapper { get; }

    /// <summary>The features.</summary>
    public DataViewSchema.Column Features { get; }

    /// <summary>The columns of the input that the features are made of.</summary>
    public IReadOnlyList<DataViewSchema.Column> Inputs { get; }

    /// <summary>The whole pipeline.</summary>
    public ITransformer Pipeline => new TransformerChain<ITransformer>([.. Before, Detector]);

    /// <summary>Loads a file.</summary>
    /// <exception cref="UserError">It is missing, damaged, or holds no detector.</exception>
    public static DetectorModel Load(string path)
    {
        var context = new MLContext(seed: 1);
        if (!File.Exists(path))
            throw new UserError($"There is no model '{path}'. 'adversarial train' makes one.");
        DataViewSchema? schema = null;
        ITransformer model = UserError.Of(() =>
        {
            try
            {
                return context.Model.LoadDetector(path, out schema);
            }
            catch (FormatException failure)
            {
                throw new UserError($"'{path}' is no model, or a damaged one: {UserError.Text(failure)}", failure);
            }
        });
        return Of(context, model, schema, Path.GetFileName(path));
    }

    /// <summary>A fitted pipeline.</summary>
    /// <exception cref="UserError">It holds no detector, or was saved without its columns.</exception>
    public static DetectorModel Of(MLContext context, ITransformer model, DataViewSchema? schema, string name)
    {
        ITransformer[] all = [.. PipelineStage.Flatten(model)];
        int place = Array.FindLastIndex(all, transformer => transformer is AnomalyDetectorTransformer);
        if (place < 0)
            throw new UserError($"{name} is a model of ML.NET, but there is no detector of Microsoft.ML.Adversarial in it: 'adversarial train' makes one.");
        if (schema is null)
            throw new UserError($"{name} was saved without the columns of its input: give Model.Save the schema of the rows that it was trained on.");
        return new DetectorModel(context, all[..place], (AnomalyDetectorTransformer)all[place], schema, name);
    }

    /// <summary>Sets another threshold, and what is said of rows with missing values; null leaves what the model says.</summary>
    public void Change(float? threshold, MissingValueHandling? missing)
    {
        if (threshold is { } value)
            Detector = UserError.Of(() => Context.AnomalyDetection.ChangeModelThreshold(Detector, value));
        if (missing is { } handling)
            Detector = Context.AnomalyDetection.ChangeMissingValueHandling(Detector, handling);
    }

    /// <summary>Adds a column that says how rare a score is among normal rows.</summary>
    public void AddFalseAlarmRate() => Detector = Context.AnomalyDetection.ChangeFalseAlarmRateColumn(Detector);

    /// <summary>How the columns are read from a file.</summary>
    /// <exception cref="UserError">The model takes a column that no cell of a file can be.</exception>
    public IReadOnlyList<ColumnRequest> Requests() => [.. Inputs.Select(column => new ColumnRequest(column.Name, column.Type switch
    {
        NumberDataViewType { RawType: var raw } when raw == typeof(float) => CellKind.Number,
        NumberDataViewType or TextDataViewType or BooleanDataViewType => CellKind.Text,
        _ => throw new UserError($"{Name} takes a column '{column.Name}' of type {column.Type}: columns of single numbers, Booleans and texts are read from files, no vectors. Score with ML.NET, or train with this tool."),
    }))];

    /// <summary>The features as people know them.</summary>
    public FeatureGroups Groups() => new(Features, Detector.Model);
}
