using System.Collections.Concurrent;
using System.Text.Json;
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
    private readonly ConcurrentBag<RowScorer> _idle = [];

    private LoadedModel(ITransformer pipeline, AnomalyDetectorTransformer detector, DataViewSchema inputs, FileStamp stamp)
    {
        _pipeline = pipeline;
        _detector = detector;
        Stamp = stamp;
        DataViewSchema outputs = pipeline.GetOutputSchema(inputs);
        Columns = [.. pipeline.GetRowToRowMapper(inputs).GetDependencies(Wanted(outputs)).Where(column => !column.IsHidden).Select(InputColumn.Of)];
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
            var model = new LoadedModel(pipeline, detector, schema, stamp);
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

    /// <summary>Scores rows, in their order, a block at a time.</summary>
    public IReadOnlyList<Verdict> Score(RowTable rows)
    {
        IDataView scored = _pipeline.Transform(rows);
        using DataViewRowCursor cursor = scored.GetRowCursor(Wanted(scored.Schema));
        var reader = new VerdictReader(cursor, _detector);
        var verdicts = new List<Verdict>(rows.Count);
        while (cursor.MoveNext())
            verdicts.Add(reader.Read());
        return verdicts;
    }

    /// <summary>Scores one row by a scorer that is kept for the next one: what a pipeline prepares for many rows would cost more than the row.</summary>
    /// <exception cref="BadRowException">The row is not what the model takes.</exception>
    public Verdict ScoreRow(JsonElement row)
    {
        if (!_idle.TryTake(out RowScorer? scorer))
            scorer = new RowScorer(this);
        try
        {
            return scorer.Score(row);
        }
        finally
        {
            _idle.Add(scorer);
        }
    }

    private IEnumerable<DataViewSchema.Column> Wanted(DataViewSchema schema) =>
        new[] { "Score", "PredictedLabel", _detector.FalseAlarmRateColumnName, _detector.TopFeaturesColumnName }.OfType<string>().Select(name => schema[name]);

    /// <summary>One row at a time, by one thread.</summary>
    private sealed class RowScorer
    {
        private readonly RowTable _rows;
        private readonly VerdictReader _reader;

        public RowScorer(LoadedModel model)
        {
            _rows = new RowTable(model.Columns, 1);
            IRowToRowMapper mapper = model._pipeline.GetRowToRowMapper(_rows.Schema);
            _reader = new VerdictReader(mapper.GetRow(_rows.FirstRow(), model.Wanted(mapper.OutputSchema)), model._detector);
        }

        public Verdict Score(JsonElement row)
        {
            _rows.Clear();
            _rows.Add(row);
            return _reader.Read();
        }
    }

    /// <summary>Reads what a model says of the row where a cursor or mapper stands.</summary>
    private sealed class VerdictReader
    {
        private readonly ValueGetter<float> _score;
        private readonly ValueGetter<bool> _label;
        private readonly ValueGetter<float>? _rate;
        private readonly ValueGetter<ReadOnlyMemory<char>>? _top;

        public VerdictReader(DataViewRow row, AnomalyDetectorTransformer detector)
        {
            _score = row.GetGetter<float>(row.Schema["Score"]);
            _label = row.GetGetter<bool>(row.Schema["PredictedLabel"]);
            _rate = detector.FalseAlarmRateColumnName is { } rate ? row.GetGetter<float>(row.Schema[rate]) : null;
            _top = detector.TopFeaturesColumnName is { } top ? row.GetGetter<ReadOnlyMemory<char>>(row.Schema[top]) : null;
        }

        public Verdict Read()
        {
            float score = 0, rate = float.NaN;
            bool isAnomaly = false;
            ReadOnlyMemory<char> features = default;
            _score(ref score);
            _label(ref isAnomaly);
            _rate?.Invoke(ref rate);
            _top?.Invoke(ref features);
            // JSON has no NaN.
            return new Verdict(Number(score), isAnomaly, Number(rate), _top is null ? null : features.ToString());
        }
    }

    private static float? Number(float value) => float.IsFinite(value) ? value : null;
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
