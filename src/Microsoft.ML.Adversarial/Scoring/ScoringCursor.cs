using System.Runtime.ExceptionServices;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Reads some blocks of rows ahead, scores each with one pass of matrix products on a thread of its own, then shows the rows one by one.
/// What active columns need of them is buffered, so memory does not grow with the number of rows.
/// </summary>
internal sealed class ScoringCursor : DataViewRowCursor, IScoredRow
{
    // Little is read ahead at first: who looks at a few rows only does not wait for full blocks.
    private const int FirstRowsAhead = 16;

    private readonly DataViewRowCursor _input;
    private readonly ScoringSchema _schema;
    private readonly bool[] _active;
    private readonly ParallelScorer _scorer;
    private readonly bool _scoresRows;
    private readonly FeatureReader _features;
    private readonly ValueGetter<DataViewRowId> _getId;
    private readonly Dictionary<int, BufferedColumn> _buffers = [];
    private readonly float[] _scores;
    private readonly float[]? _rows;
    private readonly long[] _batches;
    private readonly DataViewRowId[] _ids;
    private int _rowsAhead = FirstRowsAhead;
    private int _count;
    private int _index = -1;
    private long _position = -1;
    private bool _ended;
    private ExceptionDispatchInfo? _refused;

    public ScoringCursor(AnomalyDetectorTransformer transformer, DataViewRowCursor input, ScoringSchema schema, bool[] active)
    {
        _input = input;
        _schema = schema;
        _active = active;
        _scorer = transformer.Model.CreateParallelScorer(transformer.ScoringThreads);
        _scoresRows = schema.NeedsScore(active);
        _scores = new float[_scorer.Capacity];
        _rows = schema.NeedsFeatures(active) ? new float[checked(_scorer.Capacity * transformer.Model.Columns)] : null;
        _batches = new long[_scorer.Capacity];
        _ids = new DataViewRowId[_scorer.Capacity];
        _features = new FeatureReader(transformer, input, schema.Features);
        _getId = input.GetIdGetter();
        for (int i = 0; i < active.Length; i++)
        {
            if (active[i] && !schema.IsOwn(i))
                _buffers.Add(i, BufferedColumn.Create(input, schema.InputOf(i), _scorer.Capacity));
        }
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Position => _position;

    public override long Batch => _index >= 0 && _index < _count ? _batches[_index] : _input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override bool MoveNext()
    {
        if (_ended)
            return false;
        if (++_index >= _count && !Fill())
        {
            _ended = true;
            _position = -1;
            return false;
        }

        _position++;
        return true;
    }

    private bool Fill()
    {
        _index = 0;
        _count = 0;
        // A row that cannot be read must not fail those before it: the reader gets to them first, and may never ask for it.
        try
        {
            while (_refused is null && _count < _rowsAhead && _input.MoveNext())
                Fetch();
        }
        catch (Exception failure)
        {
            _refused = ExceptionDispatchInfo.Capture(failure);
        }

        if (_count == 0)
            _refused?.Throw();
        if (_scoresRows)
            _scorer.Score(_scores.AsMemory(0, _count));
        _rowsAhead = Math.Min(2 * _rowsAhead, _scorer.Capacity);
        return _count > 0;
    }

    private void Fetch()
    {
        ReadOnlySpan<float> features = _features.Read();
        if (_scoresRows)
            _scorer.SetRow(_count, features);
        if (_rows is not null)
            features.CopyTo(_rows.AsSpan(_count * features.Length));
        foreach (BufferedColumn buffer in _buffers.Values)
            buffer.Fetch(_count);
        _batches[_count] = _input.Batch;
        _getId(ref _ids[_count]);
        _count++;
    }

    private int Current() => _position >= 0 && _index < _count ? _index : throw new InvalidOperationException("The cursor stands on no row: call MoveNext first.");

    float IScoredRow.Score() => _scores[Current()];

    ReadOnlySpan<float> IScoredRow.Features()
    {
        int width = _rows!.Length / _scores.Length;
        return _rows.AsSpan(Current() * width, width);
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowErrors.RequireActive(column, _active);
        Delegate getter = _schema.IsOwn(column.Index)
            ? _schema.OwnGetter(column.Index, this)
            : _buffers[column.Index].CreateGetter(Current);
        return RowErrors.Cast<TValue>(getter, column);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[Current()];

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }
}
