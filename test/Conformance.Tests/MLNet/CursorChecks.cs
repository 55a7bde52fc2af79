using Microsoft.ML;
using Microsoft.ML.Data;
using ModelLoader;

namespace Conformance.Tests.MLNet;

/// <summary>The scored view keeps the contract of ML.NET's cursors.</summary>
internal static class CursorChecks
{
    private const int Threads = 8;

    // A view that looked at more rows than this for one score would not be lazy.
    private const int FewRows = 1000;

    public static IReadOnlyList<TrainerCheck> All { get; } =
    [
        new("28j only asked columns are read, when they are asked for", Lazy),
        new("28k position, row ids and batches are the input's", PositionsAndIds),
        new("28l columns of the input pass through unchanged", PassesThrough),
        new("28m a set of cursors covers every row once", CursorSets),
        new("28n eight threads read the same", Parallel),
    ];

    private static void Lazy(TrainerSubject subject)
    {
        ITransformer model = subject.Fitted;
        TableView data = SubjectData.Test();
        IDataView scored = model.Transform(data);
        _ = scored.Schema;
        Assert.Empty(data.Requests);
        Assert.Equal(0, data.RowsRead);
        Assert.Equal(SubjectData.TestRows.Length, scored.GetRowCount());

        foreach ((string asked, string[] read) in (IEnumerable<(string, string[])>)[("Id", ["Id"]), ("Score", ["Features"]), ("PredictedLabel", ["Features"])])
        {
            data.Requests.Clear();
            using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema[asked]]);
            Assert.Equal(read, Assert.Single(data.Requests));
            Assert.Equal([asked], scored.Schema.Where(cursor.IsColumnActive).Select(column => column.Name));
            Assert.ThrowsAny<Exception>(() => cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["Name"]));
        }

        Assert.Equal((0L, 0), (data.RowsRead, data.OpenCursors));

        var endless = new TableView(long.MaxValue, TableColumn.Computed("Features", TableColumn.VectorOf(SubjectData.Columns),
            (long row, ref VBuffer<float> value) => value = new VBuffer<float>(SubjectData.Columns, SubjectData.TestRows[row % SubjectData.TestRows.Length])));
        Assert.Equal(subject.Expected.Take(3), ScoreLine.ReadAll(new MLContext(1).Data.TakeRows(model.Transform(endless), 3)));
        Assert.InRange(endless.RowsRead, 3, FewRows);
        Assert.Equal(0, endless.OpenCursors);
    }

    private static void PositionsAndIds(TrainerSubject subject)
    {
        IDataView scored = subject.Fitted.Transform(SubjectData.Test());
        foreach (string[] asked in (string[][])[["Id"], ["Score"], ["Score", "Id", "PredictedLabel"]])
        {
            using DataViewRowCursor cursor = scored.GetRowCursor(asked.Select(name => scored.Schema[name]));
            ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
            Assert.Equal(-1, cursor.Position);
            DataViewRowId id = default;
            for (int row = 0; row < SubjectData.TestRows.Length; row++)
            {
                Assert.True(cursor.MoveNext());
                Assert.Equal((row, 0), (cursor.Position, cursor.Batch));
                getId(ref id);
                Assert.Equal(TableView.IdOf(row), id);
            }

            Assert.False(cursor.MoveNext());
            Assert.Equal(-1, cursor.Position);
            Assert.False(cursor.MoveNext());
        }
    }

    private static void PassesThrough(TrainerSubject subject)
    {
        IDataView scored = subject.Fitted.Transform(SubjectData.Table(SubjectData.TestRows, SubjectData.Anomalous, sparse: true));
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
        ValueGetter<int> getId = cursor.GetGetter<int>(scored.Schema["Id"]);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"]);
        ValueGetter<float> getLabel = cursor.GetGetter<float>(scored.Schema["Label"]);
        ValueGetter<ReadOnlyMemory<char>> getName = cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["Name"]);
        int id = 0;
        float label = 0;
        ReadOnlyMemory<char> name = default;
        for (int row = 0; cursor.MoveNext(); row++)
        {
            // The reader owns the buffer that it passes in: what it does to it must not reach the next row.
            VBuffer<float> features = default;
            getId(ref id);
            getFeatures(ref features);
            getLabel(ref label);
            getName(ref name);
            Assert.Equal((row, SubjectData.Anomalous[row] ? 1f : 0f, $"row {row}"), (id, label, name.ToString()));
            Assert.Equal(SubjectData.TestRows[row], features.DenseValues());
            Assert.Equal(SubjectData.TestRows[row].Contains(0), !features.IsDense);
        }
    }

    private static void CursorSets(TrainerSubject subject)
    {
        var mlContext = new MLContext(1);
        foreach (IDataView input in (IDataView[])[SubjectData.Test(), mlContext.Data.Cache(SubjectData.Test())])
        {
            IDataView scored = subject.Fitted.Transform(input);
            foreach (int count in (int[])[1, 3])
            {
                var lines = new SortedDictionary<int, string>();
                var batches = new SortedDictionary<int, long>();
                // Cursors of a set may wait for each other: each has a thread.
                OnThreads([.. scored.GetRowCursorSet(scored.Schema, count).Select(cursor => (Action)(() => ReadSet(scored, cursor, lines, batches)))]);
                Assert.Equal(subject.Expected, lines.Values);
                // Batches order the rows of all cursors: within the input's order they never decrease.
                Assert.Equal(batches.Values.Order(), batches.Values);
                if (input is TableView && count > 1)
                    Assert.Equal(batches.Keys.Select(id => TableView.BatchOf(id)), batches.Values);
            }
        }
    }

    private static void ReadSet(IDataView scored, DataViewRowCursor cursor, SortedDictionary<int, string> lines, SortedDictionary<int, long> batches)
    {
        using (cursor)
        {
            ValueGetter<int> getId = cursor.GetGetter<int>(scored.Schema["Id"]);
            ValueGetter<float> getScore = cursor.GetGetter<float>(scored.Schema["Score"]);
            ValueGetter<bool> getLabel = cursor.GetGetter<bool>(scored.Schema["PredictedLabel"]);
            int id = 0;
            float score = 0;
            bool label = false;
            while (cursor.MoveNext())
            {
                getId(ref id);
                getScore(ref score);
                getLabel(ref label);
                lock (lines)
                {
                    lines.Add(id, ScoreLine.Of(score, label));
                    batches.Add(id, cursor.Batch);
                }
            }
        }
    }

    private static void Parallel(TrainerSubject subject)
    {
        IDataView scored = subject.Fitted.Transform(SubjectData.Test());
        var results = new IReadOnlyList<string>[Threads];
        using var start = new Barrier(Threads);
        OnThreads([.. Enumerable.Range(0, Threads).Select(i => (Action)(() =>
        {
            // All cursors are open before the first one moves.
            using DataViewRowCursor open = scored.GetRowCursor([scored.Schema["Score"]]);
            start.SignalAndWait();
            results[i] = ScoreLine.ReadAll(scored);
        }))]);
        Assert.All(results, lines => Assert.Equal(subject.Expected, lines));
    }

    private static void OnThreads(Action[] actions)
    {
        var failures = new Exception?[actions.Length];
        Thread[] threads = [.. actions.Select((action, i) => new Thread(() => failures[i] = Record.Exception(action)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(failures, failure => Assert.Null(failure));
    }
}
