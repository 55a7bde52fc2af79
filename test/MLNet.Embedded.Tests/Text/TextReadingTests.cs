using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Text;

public sealed class TextReadingTests
{
    private readonly MLContext _context = new();

    [Fact]
    public void LinesMayBeLongerThanAnyBuffer()
    {
        string longText = new('x', 300_000);
        Assert.Equal([longText, "b", ""], Texts($"{longText}\tA\nb\n\n \t1\n"));
    }

    [Theory]
    [InlineData("a\rb\rc")]
    [InlineData("a\r\nb\r\nc\r\n")]
    [InlineData("\r\na\r\n\r\nb\n\nc\r")]
    public void AnyLineEndIsALineEnd(string text) => Assert.Equal(["a", "b", "c"], Texts(text));

    [Fact]
    public void LineEndsSplitAnywhereAcrossReads()
    {
        string text = string.Join("\r\n", Enumerable.Range(0, 20_000).Select(i => $"line{i}"));
        IDataView view = Load(new SlowSource(text));
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => $"line{i}"), view.GetColumn<string>("S"));
    }

    [Fact]
    public void EveryFileHasItsOwnHeader()
    {
        using var folder = new TemporaryFolder();
        string[] paths = [folder.Write("1", "// c\nhead\na\nb\n"), folder.Write("2", "head\nc"), folder.Write("3", "")];
        Assert.Equal(["a", "b", "c"], Loader(hasHeader: true).Load(paths).GetColumn<string>("S"));
    }

    [Fact]
    public void EveryPassReadsTheFileAgain()
    {
        using var folder = new TemporaryFolder();
        IDataView view = Loader(hasHeader: false).Load(folder.Write("t", "a\nb\n"));
        Assert.Equal(["a", "b"], view.GetColumn<string>("S"));
        folder.Write("t", "c\n");
        Assert.Equal(["c"], view.GetColumn<string>("S"));
    }

    [Fact]
    public void MembersNameColumnsByIndex()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("t.csv", "n,x,a,b,k\n1.5,one,2,3,1\n");
        IDataView view = _context.Data.LoadFromTextFile<Marked>(path, separatorChar: ',', hasHeader: true);
        Assert.Equal(["Text: String", "Number: Single", "Vector: Vector<Single, 2>", "One: Vector<Single, 1>", "Key: Key<UInt32, 0-4>"],
            view.Schema.Select(column => column.ToString()));
        Assert.Equal(2u, view.GetColumn<uint>("Key").Single());
        Assert.Equal([2f, 3], view.GetColumn<float[]>("Vector").Single());
    }

    [Fact]
    public void NumbersRoundAsTheRunTimeRounds()
    {
        var random = new Random(3);
        for (int i = 0; i < 200_000; i++)
        {
            string text = RandomNumber(random, i);
            float expected = float.Parse(text, CultureInfo.InvariantCulture);
            float parsed = TextNumbers.ParseSingle(text, '.');
            Assert.True(BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(parsed), text);
            double exact = double.Parse(text, CultureInfo.InvariantCulture);
            Assert.True(BitConverter.DoubleToInt64Bits(exact) == BitConverter.DoubleToInt64Bits(TextNumbers.ParseDouble(text, '.')), text);
            Assert.Equal(expected, TextNumbers.ParseSingle(text.Replace('.', ','), ','));
        }
    }

    [Fact]
    public void CultureDoesNotMatter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            TextLoader loader = _context.Data.CreateTextLoader([new TextLoader.Column("X", DataKind.Single, 0)]);
            IDataView view = loader.Load(new SlowSource("1.5\n1e2\n"));
            Assert.Equal([1.5f, 100], view.GetColumn<float>("X"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void MemoryDoesNotGrowWithTheRows()
    {
        const int Rows = 200_000;
        using var folder = new TemporaryFolder();
        string path = folder.File("large.csv");
        using (var writer = new StreamWriter(path))
        {
            for (int i = 0; i < Rows; i++)
                writer.Write($"{i},{i * 0.25},tcp{i % 5},{-i}\n");
        }

        IDataView view = _context.Data.LoadFromTextFile(path,
            [new("V", DataKind.Single, 0, 1), new("T", DataKind.String, 2), new("I", DataKind.Int32, 3)], separatorChar: ',');
        // The run time allocates on this thread, too, when it compiles a loop anew in the middle of a pass, and on a busy machine it may be
        // long until what it compiled hastily, which puts values on the heap, is replaced: the first quiet one of some passes counts.
        long allocated = long.MaxValue;
        for (int pass = 0; pass < 20 && allocated > Rows; pass++)
            allocated = AllocatedBytes(view, Rows);
        Assert.InRange(allocated, 0, Rows);
    }

    // What reading all rows but the first thousand allocates.
    private static long AllocatedBytes(IDataView view, int rows)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<VBuffer<float>> getVector = cursor.GetGetter<VBuffer<float>>(view.Schema["V"]);
        ValueGetter<ReadOnlyMemory<char>> getText = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["T"]);
        ValueGetter<int> getNumber = cursor.GetGetter<int>(view.Schema["I"]);
        VBuffer<float> vector = default;
        ReadOnlyMemory<char> text = default;
        int number = 0;
        long start = 0;
        long sum = 0;
        for (int row = 0; cursor.MoveNext(); row++)
        {
            getVector(ref vector);
            getText(ref text);
            getNumber(ref number);
            sum += number;
            if (row == 1000)
                start = GC.GetAllocatedBytesForCurrentThread();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.Equal(-(long)rows * (rows - 1) / 2, sum);
        Assert.Equal(rows * 0.25f - 0.25f, vector.GetItemOrDefault(1));
        return allocated;
    }

    private static string RandomNumber(Random random, int i) => (i % 5) switch
    {
        0 => random.Next(-100000, 100000).ToString(CultureInfo.InvariantCulture),
        1 => (random.NextDouble() * 1000 - 500).ToString("F" + random.Next(0, 9), CultureInfo.InvariantCulture),
        2 => ((float)random.NextDouble()).ToString("R", CultureInfo.InvariantCulture),
        3 => BitConverter.Int32BitsToSingle(random.Next() & 0x7F7FFFFF).ToString("R", CultureInfo.InvariantCulture),
        // Just beside the middle of two floats: where rounding twice goes wrong.
        _ => (1 + (2 * random.Next(1 << 20) + 1) * Math.Pow(2, -24) + (random.Next(3) - 1) * 1e-15)
            .ToString("F16", CultureInfo.InvariantCulture),
    };

    private string[] Texts(string text) => Load(new SlowSource(text)).GetColumn<string>("S").ToArray();

    private IDataView Load(IMultiStreamSource source) => Loader().Load(source);

    private TextLoader Loader(bool hasHeader = false) =>
        _context.Data.CreateTextLoader([new TextLoader.Column("S", DataKind.String, 0)], hasHeader: hasHeader);

    private sealed class Marked
    {
        [LoadColumn(1)]
        public string Text { get; set; }

        [LoadColumn(0)]
        public float Number { get; set; }

        [LoadColumn(2, 3)]
        public float[] Vector { get; set; }

        [LoadColumn(2)]
        public float[] One { get; set; }

        [LoadColumn(4), KeyType(5)]
        public uint Key { get; set; }

        [NoColumn]
        public List<int> Ignored { get; set; }
    }

    /// <summary>Gives its text in small pieces of changing size.</summary>
    private sealed class SlowSource(string text) : IMultiStreamSource
    {
        public int Count => 1;

        public string GetPathOrNull(int index) => null;

        public Stream Open(int index) => throw new NotSupportedException();

        public TextReader OpenTextReader(int index) => new SlowReader(text);
    }

    private sealed class SlowReader(string text) : TextReader
    {
        private int _at;
        private int _size;

        public override int Read(char[] buffer, int index, int count)
        {
            int size = Math.Min(Math.Min(1 + _size++ * 7 % 5000, count), text.Length - _at);
            text.CopyTo(_at, buffer, index, size);
            _at += size;
            return size;
        }
    }
}
