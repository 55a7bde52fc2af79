using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Scoring;

/// <summary>What a model says of a row.</summary>
/// <param name="Score">Higher is more anomalous; null where the row has missing values.</param>
/// <param name="PredictedLabel">True: an anomaly.</param>
/// <param name="FalseAlarmRate">How rare such a score is among normal rows, if the model says so.</param>
/// <param name="TopFeatures">What made the score, if the model says so.</param>
internal sealed record Verdict(float? Score, bool PredictedLabel, float? FalseAlarmRate, string? TopFeatures);

/// <summary>A model in memory; it never changes, so that requests that began with it end with it.</summary>
internal sealed class LoadedModel
{
    private readonly ITransformer _pipeline;
    private readonly AnomalyDetectorTransformer _detector;

    private LoadedModel(MLContext context, ITransformer pipeline, AnomalyDetectorTransformer detector, DataViewSchema inputs, FileStamp stamp)
    {
        _pipeline = pipeline;
        _detector = detector;
        Stamp = stamp;
        DataViewSchema outputs = pipeline.GetOutputSchema(inputs);
        DataViewSchema.Column[] wanted = [.. new[] { "Score", "PredictedLabel", detector.FalseAlarmRateColumnName, detector.TopFeaturesColumnName }
            .OfType<string>().Select(name => outputs[name])];
        Columns = [.. pipeline.GetRowToRowMapper(inputs).GetDependencies(wanted).Where(column => !column.IsHidden).Select(InputColumn.Of)];
        LoadedAt = DateTimeOffset.UtcNow;
    }

    /// <summary>The columns of a row, without those that only training needs.</summary>
    public IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>Which file it is.</summary>
    public FileStamp Stamp { get; }

    public DateTimeOffset LoadedAt { get; }

    public string Method => _detector.Model.Descriptor.Name;

    public float Threshold => _detector.Threshold;

    /// <summary>Loads a model and scores a row of zeros with it, so that the first request does not pay for that.</summary>
    /// <exception cref="ModelLoadException">The file is missing or damaged, or holds no model that rows of JSON can be given to.</exception>
    public static LoadedModel Load(string path)
    {
        try
        {
            var context = new MLContext(seed: 1);
            FileStamp stamp = FileStamp.Of(path);
            ITransformer pipeline = context.Model.LoadDetector(path, out DataViewSchema schema);
            AnomalyDetectorTransformer detector = (pipeline as IEnumerable<ITransformer> ?? [pipeline]).OfType<AnomalyDetectorTransformer>().LastOrDefault()
                ?? throw new FormatException("it holds no anomaly detector");
            if (schema is null)
                throw new FormatException("it was saved without the columns of its input: give Model.Save the schema of the training rows");
            var model = new LoadedModel(context, pipeline, detector, schema, stamp);
            var rows = new RowTable(model.Columns, 1);
            rows.AddDefault();
            model.Score(rows);
            return model;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw new ModelLoadException($"The model '{path}' cannot be served: {failure.Message}", failure);
        }
    }

    /// <summary>Scores rows, in their order.</summary>
    public IReadOnlyList<Verdict> Score(RowTable rows)
    {
        IDataView scored = _pipeline.Transform(rows);
        DataViewSchema.Column score = scored.Schema["Score"], label = scored.Schema["PredictedLabel"];
        DataViewSchema.Column? rate = Find(scored, _detector.FalseAlarmRateColumnName), top = Find(scored, _detector.TopFeaturesColumnName);
        using DataViewRowCursor cursor = scored.GetRowCursor(new[] { score, label, rate, top }.OfType<DataViewSchema.Column>());
        ValueGetter<float> getScore = cursor.GetGetter<float>(score);
        ValueGetter<bool> getLabel = cursor.GetGetter<bool>(label);
        ValueGetter<float>? getRate = rate is { } rateColumn ? cursor.GetGetter<float>(rateColumn) : null;
        ValueGetter<ReadOnlyMemory<char>>? getTop = top is { } topColumn ? cursor.GetGetter<ReadOnlyMemory<char>>(topColumn) : null;
        var verdicts = new List<Verdict>(rows.Count);
        while (cursor.MoveNext())
        {
            float value = 0, rarity = float.NaN;
            bool isAnomaly = false;
            ReadOnlyMemory<char> features = default;
            getScore(ref value);
            getLabel(ref isAnomaly);
            getRate?.Invoke(ref rarity);
            getTop?.Invoke(ref features);
            // JSON has no NaN.
            verdicts.Add(new Verdict(Number(value), isAnomaly, Number(rarity), getTop is null ? null : features.ToString()));
        }

        return verdicts;
    }

    private static float? Number(float value) => float.IsFinite(value) ? value : null;

    private static DataViewSchema.Column? Find(IDataView view, string? name) => name is null ? null : view.Schema[name];
}

/// <summary>Tells one content of a file from another without reading it.</summary>
internal readonly record struct FileStamp(DateTime Written, long Length)
{
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.LastWriteTimeUtc, file.Length) : throw new FileNotFoundException($"There is no file '{path}'.", path);
    }
}

/// <summary>A model cannot be served.</summary>
internal sealed class ModelLoadException(string message, Exception cause) : Exception(message, cause);
