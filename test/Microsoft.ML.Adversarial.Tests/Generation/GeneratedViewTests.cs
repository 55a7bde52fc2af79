using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>The generated rows as ML.NET's consumers read them.</summary>
public class GeneratedViewTests
{
    private const int Count = 30;

    private static readonly MLContext _mlContext = new(1);
    private static readonly IDataView _view = Make();

    private static IDataView Make()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Traffic.Rows());
        return Traffic.Pipeline(_mlContext, _mlContext.AnomalyDetection.Trainers.Da3d(Traffic.Da3dOptions())).Fit(data).GenerateAnomalies(data.Schema, Count, seed: 2);
    }

    [Fact]
    public void OnlyColumnsAskedForAreActive()
    {
        DataViewSchema.Column service = _view.Schema["Service"];
        DataViewSchema.Column bytes = _view.Schema["Bytes"];
        using DataViewRowCursor cursor = _view.GetRowCursor([bytes]);
        Assert.Same(_view.Schema, cursor.Schema);
        Assert.True(cursor.IsColumnActive(bytes));
        Assert.False(cursor.IsColumnActive(service));
        Assert.Contains("'Service' is not active", Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(service)).Message);
        Assert.Contains("'Bytes' holds", Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(bytes)).Message);
    }

    [Fact]
    public void ACursorCountsItsRowsOnceAndStandsNowhereBeforeAndBehind()
    {
        using DataViewRowCursor cursor = _view.GetRowCursor(_view.Schema);
        ValueGetter<float> get = cursor.GetGetter<float>(_view.Schema["Bytes"]);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        float value = 0;
        DataViewRowId id = default;
        Assert.Equal(-1, cursor.Position);
        Assert.Throws<InvalidOperationException>(() => get(ref value));
        var ids = new HashSet<DataViewRowId>();
        for (int row = 0; row < Count; row++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal((row, 0), (cursor.Position, cursor.Batch));
            getId(ref id);
            Assert.True(ids.Add(id));
        }

        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.Throws<InvalidOperationException>(() => getId(ref id));
    }

    [Fact]
    public void ASetOfCursorsHasEachRowOnce()
    {
        int rows = 0;
        foreach (DataViewRowCursor cursor in _view.GetRowCursorSet(_view.Schema, 4))
        {
            using (cursor)
            {
                while (cursor.MoveNext())
                    rows++;
            }
        }

        Assert.Equal(Count, rows);
        Assert.Equal((Count, false), (_view.GetRowCount(), _view.CanShuffle));
    }

    [Fact]
    public void ItPassesThroughFiltersCachesAndEnumerables()
    {
        Assert.Equal(Count, Traffic.Read(_mlContext.Data.Cache(_view)).Length);
        Assert.Equal(7, Traffic.Read(_mlContext.Data.TakeRows(_view, 7)).Length);
        IDataView shuffled = _mlContext.Data.ShuffleRows(_view, seed: 1);
        Assert.Equal(Traffic.Lines(_view).Order(), Traffic.Lines(shuffled).Order());
        // Columns that are not generated stay as a new object has them.
        Traffic.Connection[] connections = [.. _mlContext.Data.CreateEnumerable<Traffic.Connection>(_view, reuseRowObject: false, ignoreMissingColumns: true)];
        Assert.All(connections, connection => Assert.False(connection.Attack));
    }

    [Fact]
    public void AReaderOwnsTheVectorsThatItGets()
    {
        var model = Simulated.Fit(Simulated.Table(Simulated.Rows(40)));
        IDataView view = model.GenerateAnomalies(2, seed: 1);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        cursor.MoveNext();
        VBuffer<float> first = default, again = default;
        get(ref first);
        float before = first.GetItemOrDefault(0);
        VBufferEditor.CreateFromBuffer(ref first).Values[0] = before + 1;
        get(ref again);
        Assert.Equal(before, again.GetItemOrDefault(0));
    }
}
