using System.Diagnostics;
using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Adversarial.Benchmarks;

/// <summary>Scoring as a user of ML.NET reads it: row by row through the cursor of the transformed data.</summary>
internal sealed class CursorScoring
{
    private readonly IDataView _scored;

    public CursorScoring(Detector detector, FeatureMatrix rows, int threads)
    {
        var context = new MLContext(seed: 1);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Columns);
        Row[] source = [.. Enumerable.Range(0, rows.Rows).Select(r => new Row { Features = rows[r].ToArray() })];
        IDataView data = context.Data.LoadFromEnumerable(source, schema);
        var transformer = new AnomalyDetectorTransformer(context, detector, nameof(Row.Features), schema[nameof(Row.Features)].ColumnType, 0)
        {
            ScoringThreads = threads,
        };
        _scored = transformer.Transform(data);
    }

    /// <summary>Reads all scores; seconds.</summary>
    public double Run()
    {
        long start = Stopwatch.GetTimestamp();
        DataViewSchema.Column column = _scored.Schema["Score"];
        using DataViewRowCursor cursor = _scored.GetRowCursor([column]);
        ValueGetter<float> getScore = cursor.GetGetter<float>(column);
        float score = 0, sum = 0;
        while (cursor.MoveNext())
        {
            getScore(ref score);
            sum += score;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return float.IsFinite(sum) ? seconds : throw new InvalidOperationException("A score is not finite.");
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }
}
