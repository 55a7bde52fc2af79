using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Scores a row at a time, for prediction engines.</summary>
internal sealed class ScoringRowMapper(AnomalyDetectorTransformer transformer, ScoringSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        var active = new bool[schema.Output.Count];
        foreach (DataViewSchema.Column column in activeColumns)
            active[column.Index] = true;
        return new ScoredRow(transformer, input, schema, active);
    }

    private sealed class ScoredRow : DataViewRow, IScoredRow
    {
        private readonly DataViewRow _input;
        private readonly ScoringSchema _schema;
        private readonly bool[] _active;
        private readonly Scorer? _scorer;
        private readonly FeatureReader? _features;
        private long _scoredPosition = long.MinValue;
        private float _score;

        public ScoredRow(AnomalyDetectorTransformer transformer, DataViewRow input, ScoringSchema schema, bool[] active)
        {
            _input = input;
            _schema = schema;
            _active = active;
            if (schema.NeedsScore(active))
                _scorer = transformer.Model.CreateScorer();
            if (_scorer is not null || schema.NeedsFeatures(active))
                _features = new FeatureReader(transformer, input, schema.Features);
        }

        public override DataViewSchema Schema => _schema.Output;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            RowErrors.RequireActive(column, _active);
            if (!_schema.IsOwn(column.Index))
                return _input.GetGetter<TValue>(_schema.InputOf(column.Index));
            return RowErrors.Cast<TValue>(_schema.OwnGetter(column.Index, this), column);
        }

        public float Score()
        {
            if (_scoredPosition == _input.Position)
                return _score;
            _score = _scorer!.Score(_features!.Read());
            _scoredPosition = _input.Position;
            return _score;
        }

        public ReadOnlySpan<float> Features() => _features!.Read();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }
    }
}
