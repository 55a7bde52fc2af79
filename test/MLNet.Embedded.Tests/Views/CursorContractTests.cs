using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Views;

/// <summary>What every view promises to whoever reads it.</summary>
public sealed class CursorContractTests
{
    private const int RowCount = 1000;

    public static TheoryData<string> Views =>
        ["enumerable", "text", "cache", "filter", "missing", "take", "skip", "shuffle", "split", "mapped", "chain", "select"];

    [Theory]
    [MemberData(nameof(Views))]
    public void ReadsNothingBeforeTheCursorMoves(string name)
    {
        // Caching and learning read on purpose; what is left must be lazy.
        if (name is "cache" or "mapped" or "chain")
            return;
        int started = 0;
        IEnumerable<Item> Source()
        {
            started++;
            foreach (Item item in Items())
                yield return item;
        }

        using DataViewRowCursor cursor = Make(name, Source()).GetRowCursor([]);
        Assert.Equal(0, started);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void CountsPositionsFromMinusOne(string name)
    {
        IDataView view = Make(name);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Assert.Equal(-1, cursor.Position);
        long expected = 0;
        while (cursor.MoveNext())
            Assert.Equal(expected++, cursor.Position);
        Assert.True(expected > 100);
        Assert.False(cursor.MoveNext());
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void GivesOnlyTheColumnsAskedFor(string name)
    {
        IDataView view = Make(name);
        DataViewSchema.Column x = view.Schema["X"];
        using DataViewRowCursor cursor = view.GetRowCursor([x]);
        Assert.True(cursor.IsColumnActive(x));
        foreach (DataViewSchema.Column column in view.Schema.Where(column => column.Index != x.Index))
            Assert.False(cursor.IsColumnActive(column), column.Name);
        DataViewSchema.Column other = view.Schema["T"];
        Assert.ThrowsAny<Exception>(() => cursor.GetGetter<ReadOnlyMemory<char>>(other));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void RefusesGettersOfAnotherType(string name)
    {
        IDataView view = Make(name);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(view.Schema["X"]));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void ReadsTheSameOnEveryPass(string name)
    {
        IDataView view = Make(name);
        Assert.Equal(view.GetColumn<float>("X"), view.GetColumn<float>("X"));
        Assert.Equal(view.GetColumn<string>("T"), view.GetColumn<string>("T"));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void NamesEveryRowOnce(string name)
    {
        IDataView view = Make(name);
        Dictionary<DataViewRowId, float> first = ById(view);
        Assert.Equal(view.GetColumn<float>("X").Count(), first.Count);
        Assert.Equal(first, ById(view));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void CursorSetsTogetherAreOnePass(string name)
    {
        IDataView view = Make(name);
        DataViewSchema.Column x = view.Schema["X"];
        var rows = new List<(long Batch, float Value)>();
        foreach (DataViewRowCursor cursor in view.GetRowCursorSet([x], 3))
        {
            using (cursor)
            {
                ValueGetter<float> get = cursor.GetGetter<float>(x);
                float value = 0;
                long batch = long.MinValue;
                while (cursor.MoveNext())
                {
                    Assert.True(cursor.Batch >= batch);
                    batch = cursor.Batch;
                    get(ref value);
                    rows.Add((batch, value));
                }
            }
        }

        // Batches put in order give the rows in order.
        Assert.Equal(view.GetColumn<float>("X"), rows.OrderBy(row => row.Batch).Select(row => row.Value));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void ShufflesWhereItSaysSo(string name)
    {
        IDataView view = Make(name);
        DataViewSchema.Column x = view.Schema["X"];
        float[] Read(Random rand)
        {
            using DataViewRowCursor cursor = view.GetRowCursor([x], rand);
            ValueGetter<float> get = cursor.GetGetter<float>(x);
            var values = new List<float>();
            float value = 0;
            while (cursor.MoveNext())
            {
                get(ref value);
                values.Add(value);
            }

            return values.ToArray();
        }

        float[] plain = Read(null);
        float[] shuffled = Read(new Random(7));
        Assert.Equal(plain.Order(), shuffled.Order());
        Assert.Equal(view.CanShuffle, !plain.SequenceEqual(shuffled));
        Assert.Equal(shuffled, Read(new Random(7)));
    }

    private static Dictionary<DataViewRowId, float> ById(IDataView view)
    {
        DataViewSchema.Column x = view.Schema["X"];
        using DataViewRowCursor cursor = view.GetRowCursor([x]);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        ValueGetter<float> get = cursor.GetGetter<float>(x);
        var rows = new Dictionary<DataViewRowId, float>();
        DataViewRowId id = default;
        float value = 0;
        while (cursor.MoveNext())
        {
            getId(ref id);
            get(ref value);
            rows.Add(id, value);
        }

        return rows;
    }

    private static IEnumerable<Item> Items() =>
        Enumerable.Range(0, RowCount).Select(i => new Item { X = i, T = "t" + i % 7, V = [i, -i, i % 3] });

    private static IDataView Make(string name, IEnumerable<Item> items = null)
    {
        var context = new MLContext(seed: 1);
        DataOperationsCatalog data = context.Data;
        IDataView source = data.LoadFromEnumerable(items ?? Items());
        TransformsCatalog transforms = context.Transforms;
        return name switch
        {
            "enumerable" => source,
            "text" => data.CreateTextLoader<TextItem>().Load(new TextSource(items ?? Items())),
            "cache" => data.Cache(source),
            "filter" => data.FilterRowsByColumn(source, "X", 10, 900),
            "missing" => data.FilterRowsByMissingValues(source, "V"),
            "take" => data.TakeRows(source, 500),
            "skip" => data.SkipRows(source, 500),
            "shuffle" => data.ShuffleRows(source, seed: 3, shufflePoolSize: 50),
            "split" => data.TrainTestSplit(source, 0.4).TrainSet,
            "mapped" => transforms.NormalizeMinMax("V").Fit(source).Transform(source),
            "chain" => transforms.Categorical.OneHotEncoding("O", "T").Append(transforms.Concatenate("F", "O", "V"))
                .AppendCacheCheckpoint(context).Append(transforms.NormalizeMinMax("F")).Fit(source).Transform(source),
            "select" => transforms.SelectColumns("T", "X").Fit(source).Transform(source),
            _ => throw new NotSupportedException(name),
        };
    }

    private sealed class Item
    {
        public float X { get; set; }

        public string T { get; set; }

        [VectorType(3)]
        public float[] V { get; set; }
    }

    private sealed class TextItem
    {
        [LoadColumn(0)]
        public float X { get; set; }

        [LoadColumn(1)]
        public string T { get; set; }
    }

    /// <summary>Makes its text only when it is opened.</summary>
    private sealed class TextSource(IEnumerable<Item> items) : IMultiStreamSource
    {
        public int Count => 1;

        public string GetPathOrNull(int index) => null;

        public Stream Open(int index) => throw new NotSupportedException();

        public TextReader OpenTextReader(int index) => new StringReader(string.Concat(items.Select(item => $"{item.X}\t{item.T}\n")));
    }
}
