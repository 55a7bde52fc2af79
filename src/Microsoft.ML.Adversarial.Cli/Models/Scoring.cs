using System.Collections.Concurrent;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Some rows of a file and what the model says of them. It is filled again and again.</summary>
internal sealed class ScoredBlock(IReadOnlyList<ColumnRequest> columns, int width, int outputColumns)
{
    /// <summary>The rows as they were read.</summary>
    public RowBlock Rows { get; } = new(columns);

    /// <summary>Their features, one row behind another.</summary>
    public float[] Features { get; } = new float[checked(RowBlock.Capacity * width)];

    /// <summary>Their scores.</summary>
    public float[] Scores { get; } = new float[RowBlock.Capacity];

    /// <summary>What the model says: true for an anomaly.</summary>
    public bool[] Flags { get; } = new bool[RowBlock.Capacity];

    /// <summary>What is written of them.</summary>
    public OutputBlock Output { get; } = new(outputColumns);

    /// <summary>The features of a row.</summary>
    public ReadOnlySpan<float> FeaturesOf(int row) => Features.AsSpan(row * width, width);
}

/// <summary>Scores a file block by block: one thread reads, all others score, and what they made is used in the order of the rows.</summary>
/// <param name="model">The model.</param>
/// <param name="source">The rows.</param>
/// <param name="columns">What is read: the model's columns, and others.</param>
/// <param name="outputColumns">Columns of <see cref="ScoredBlock.Output"/>.</param>
internal sealed class Scoring(DetectorModel model, TableSource source, IReadOnlyList<ColumnRequest> columns, int outputColumns = 0)
{
    private const int MostThreads = 8;

    private readonly ConcurrentBag<Worker> _workers = [];

    /// <summary>Reads and scores all rows.</summary>
    /// <param name="process">Called for each block on any thread, once it is scored.</param>
    /// <param name="consume">Called for each block in the order of the file, one at a time.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Number of rows.</returns>
    public long Run(Action<ScoredBlock, Detector> process, Action<ScoredBlock> consume, CancellationToken cancellation)
    {
        int threads = Math.Clamp(Environment.ProcessorCount, 1, MostThreads);
        using var free = new BlockingCollection<ScoredBlock>();
        for (int i = 0; i < threads + 2; i++)
            free.Add(new ScoredBlock(columns, model.Detector.Model.Columns, outputColumns));
        using var begun = new BlockingCollection<Task<ScoredBlock>>();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task consuming = Task.Run(() => Consume(begun, free, consume, failed), CancellationToken.None);
        long rows = 0;
        try
        {
            while (true)
            {
                ScoredBlock block = free.Take(failed.Token);
                if (!source.Fill(block.Rows))
                    break;
                rows += block.Rows.Count;
                begun.Add(Task.Run(() => Process(block, process), CancellationToken.None), CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // A block failed: its error comes out of the task below.
        }
        finally
        {
            begun.CompleteAdding();
            consuming.GetAwaiter().GetResult();
        }

        return rows;
    }

    private static void Consume(BlockingCollection<Task<ScoredBlock>> begun, BlockingCollection<ScoredBlock> free, Action<ScoredBlock> consume, CancellationTokenSource failed)
    {
        try
        {
            foreach (Task<ScoredBlock> task in begun.GetConsumingEnumerable())
            {
                ScoredBlock block = task.GetAwaiter().GetResult();
                if (failed.IsCancellationRequested)
                    continue;
                consume(block);
                free.Add(block);
            }
        }
        catch
        {
            failed.Cancel();
            throw;
        }
    }

    private ScoredBlock Process(ScoredBlock block, Action<ScoredBlock, Detector> process)
    {
        if (!_workers.TryTake(out Worker? worker))
            worker = new Worker(model, columns, source.Name);
        worker.Score(block);
        _workers.Add(worker);
        process(block, model.Detector.Model);
        return block;
    }

    /// <summary>What one thread scores with.</summary>
    private sealed class Worker
    {
        private readonly DetectorModel _model;
        private readonly string _file;
        private readonly BlockRow _row;
        private readonly ValueGetter<VBuffer<float>> _features;
        private readonly Scorer _scorer;
        private readonly int[]? _places;
        private VBuffer<float> _buffer;

        public Worker(DetectorModel model, IReadOnlyList<ColumnRequest> columns, string file)
        {
            _model = model;
            _file = file;
            _row = new BlockRow(model.InputSchema, columns, file);
            _features = model.Mapper.GetRow(_row, [model.Features]).GetGetter<VBuffer<float>>(model.Features);
            _scorer = model.Detector.Model.CreateScorer();
            _places = Places(columns);
        }

        // Where the features are columns side by side and nothing else, the column that each is; null where they are not.
        private int[]? Places(IReadOnlyList<ColumnRequest> columns)
        {
            int width = _model.Detector.Model.Columns;
            if (_model.Inputs.Count != width || !_model.Before.All(transformer => transformer is ColumnConcatenatingTransformer) || _model.Requests().Any(column => column.Kind != CellKind.Number))
                return null;
            // Each column is numbered, and the numbers are sought among the features.
            var probe = new RowBlock(columns);
            for (int c = 0; c < columns.Count; c++)
                probe.Numbers[c].AsSpan(0, Math.Min(1, probe.Numbers[c].Length)).Fill(c + 1);
            _row.Block = probe;
            _row.MoveTo(0);
            _features(ref _buffer);
            return [.. _buffer.DenseValues().Select(number => (int)number - 1)];
        }

        private void ReadFeatures(RowBlock rows, float[] features)
        {
            int width = _model.Detector.Model.Columns;
            if (_places is null)
            {
                _row.Block = rows;
                for (int r = 0; r < rows.Count; r++)
                {
                    _row.MoveTo(r);
                    _features(ref _buffer);
                    _buffer.CopyTo(features.AsSpan(r * width, width));
                }

                return;
            }

            for (int c = 0; c < width; c++)
            {
                ReadOnlySpan<float> numbers = rows.Numbers[_places[c]].AsSpan(0, rows.Count);
                for (int r = 0; r < numbers.Length; r++)
                    features[r * width + c] = numbers[r];
            }
        }

        public void Score(ScoredBlock block)
        {
            AnomalyDetectorTransformer detector = _model.Detector;
            ReadFeatures(block.Rows, block.Features);
            for (int start = 0; start < block.Rows.Count; start += _scorer.Capacity)
            {
                int count = Math.Min(_scorer.Capacity, block.Rows.Count - start);
                for (int i = 0; i < count; i++)
                    _scorer.SetRow(i, block.FeaturesOf(start + i));
                _scorer.ScoreBlock(block.Scores.AsSpan(start, count));
            }

            for (int r = 0; r < block.Rows.Count; r++)
            {
                if (float.IsNaN(block.Scores[r]) && detector.MissingValueHandling == MissingValueHandling.Throw)
                    throw Missing(block, r);
                block.Flags[r] = detector.IsAnomaly(block.Scores[r]);
            }
        }

        private UserError Missing(ScoredBlock block, int row)
        {
            string feature = _model.Groups().Top(block.FeaturesOf(row), Array.ConvertAll(block.FeaturesOf(row).ToArray(), value => float.IsFinite(value) ? 0f : 1f), 1)[0].Name;
            return new UserError($"{_file}, row {block.Rows.FirstRow + row}: column '{feature}' has no value, or an infinite one. "
                + "--missing-values anomaly flags such rows, --missing-values normal does not.");
        }
    }
}
