using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Models;

public sealed class ModelZipTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void LayoutIsThatOfTheRepository()
    {
        TransformsCatalog transforms = _context.Transforms;
        IDataView data = Data();
        ITransformer model = transforms.Categorical.OneHotEncoding("O", "T").Append(transforms.Concatenate("F", "V", "O")).Fit(data);
        using var archive = new ZipArchive(Save(model, data.Schema));
        string[] entries = archive.Entries.Select(entry => entry.FullName).ToArray();
        Assert.Contains("TrainingInfo/Version.txt", entries);
        Assert.Contains("Schema", entries);
        Assert.Contains("TransformerChain/Model.key", entries);
        Assert.Contains("TransformerChain/Transform_000/Transform_000/Model.key", entries);
        Assert.Contains("TransformerChain/Transform_000/Transform_001/Model.key", entries);
        Assert.Contains("TransformerChain/Transform_001/Model.key", entries);
        Assert.Equal(entries.Length, entries.Distinct().Count());
    }

    [Fact]
    public void HeaderSaysWhoLoadsTheModel()
    {
        byte[] block = ModelKey(Save(Outside(), null));
        Assert.Equal("ML\0MODEL"u8.ToArray(), block[..8]);
        Assert.Equal(256, BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(0x10)));
        Assert.Equal("OUTSIDE\0"u8.ToArray(), block[0x40..0x48]);
        Assert.Equal(0x00010002u, BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(0x48)));
        Assert.Equal(OutsideTransformer.Loader, Encoding.ASCII.GetString(block, 0x50, 24).TrimEnd('\0'));
        int at = (int)BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(0x90));
        int size = (int)BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(0x98));
        Assert.Equal(typeof(OutsideTransformer).Assembly.FullName, Encoding.Unicode.GetString(block, at, size));
        Assert.Equal("LEDOM\0LM"u8.ToArray(), block[^8..]);
        Assert.Equal(block.Length, BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(0x88)));
    }

    [Fact]
    public void TransformerOfAnotherAssemblyLoadsWithoutRegistration()
    {
        IDataView data = Data();
        ITransformer model = _context.Transforms.NormalizeMinMax("V").Fit(data).Append(Outside());
        ITransformer loaded = Load(Save(model, data.Schema), out DataViewSchema schema);
        Assert.Equal(3, Assert.IsType<OutsideTransformer>(Assert.IsType<TransformerChain<ITransformer>>(loaded).LastTransformer).Factor);
        Assert.Equal(data.Schema.Select(column => column.ToString()), schema.Select(column => column.ToString()));
        Assert.Equal(model.Transform(data).GetColumn<float>("Sum"), loaded.Transform(data).GetColumn<float>("Sum"));
    }

    [Fact]
    public void SingleTransformerLoadsAsItself() => Assert.IsType<OutsideTransformer>(Load(Save(Outside(), null), out _));

    [Fact]
    public void NestedChainsStayNested()
    {
        IDataView data = Data();
        ITransformer inner = new TransformerChain<ITransformer>(Outside());
        ITransformer loaded = Load(Save(new TransformerChain<ITransformer>(inner, Outside("Sum2")), null), out DataViewSchema schema);
        Assert.Null(schema);
        TransformerChain<ITransformer> chain = Assert.IsType<TransformerChain<ITransformer>>(loaded);
        Assert.IsType<TransformerChain<ITransformer>>(chain.First());
        Assert.Equal(2, loaded.Transform(data).Schema.Count(column => column.Name.StartsWith("Sum")));
    }

    [Fact]
    public void CultureDoesNotMatter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            IDataView data = Data();
            ITransformer model = _context.Transforms.NormalizeMinMax("V").Append(_context.Transforms.Concatenate("F", "V")).Fit(data);
            MemoryStream zip = Save(model, data.Schema);
            float[][] here = Load(zip, out _).Transform(data).GetColumn<float[]>("F").ToArray();
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Assert.Equal(here, Load(zip, out _).Transform(data).GetColumn<float[]>("F"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void SchemaKeepsHiddenColumnsAndAnnotations()
    {
        IDataView data = Data();
        IDataView wide = _context.Transforms.Categorical.OneHotEncoding("T").Append(_context.Transforms.Concatenate("F", "T", "V"))
            .Fit(data).Transform(data);
        Load(Save(Outside(), wide.Schema), out DataViewSchema schema);
        Assert.Equal(wide.Schema.Select(column => (column.Name, column.Type.ToString(), column.IsHidden)),
            schema.Select(column => (column.Name, column.Type.ToString(), column.IsHidden)));
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["F"].GetSlotNames(ref names);
        Assert.Equal(["T.a", "T.b", "V1", "V2"], names.DenseValues().Select((name, i) => name.IsEmpty ? "V" + (i - 1) : name.ToString()));
        Assert.True(schema["T"].IsNormalized());
    }

    [Fact]
    public void ForgottenVersionIsReported()
    {
        var forgetful = new OutsideTransformer("V", "Sum", 1) { ForgetsVersion = true };
        Assert.Equal("ModelSignature not specified!", Assert.Throws<InvalidOperationException>(() => Save(forgetful, null)).Message);
    }

    [Fact]
    public void ModelOfALaterVersionIsRefused()
    {
        MemoryStream zip = Save(Outside(), null);
        Patch(zip, block => BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(0x4C), 0x00020000));
        var thrown = Assert.Throws<InvalidOperationException>(() => Load(zip, out _));
        Assert.Contains("because the model is too new", thrown.GetBaseException().Message);
    }

    [Fact]
    public void ModelOfAnotherKindIsRefused()
    {
        MemoryStream zip = Save(Outside(), null);
        Patch(zip, block => block[0x40] = (byte)'X');
        Assert.Equal("Unknown file type", Assert.Throws<InvalidOperationException>(() => Load(zip, out _)).GetBaseException().Message);
    }

    [Fact]
    public void UnknownLoaderInAChainIsNamed()
    {
        MemoryStream zip = Save(new TransformerChain<ITransformer>(Outside(), Outside()), null);
        Patch(zip, block => block[0x50] = (byte)'?', "TransformerChain/Transform_001/Model.key");
        var thrown = Assert.Throws<InvalidOperationException>(() => Load(zip, out _));
        Assert.Equal("Error during class instantiation", thrown.Message);
        Assert.Equal("Couldn't load model: 'TransformerChain/Transform_001'", thrown.GetBaseException().Message);
    }

    [Fact]
    public void StreamsStayOpenAndPathsAreOverwritten()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("m.zip", new string('x', 100_000));
        _context.Model.Save(Outside(), null, path);
        Assert.IsType<OutsideTransformer>(_context.Model.Load(path, out _));
        MemoryStream stream = Save(Outside(), null);
        Load(stream, out _);
        Assert.True(stream.CanRead);
    }

    private static OutsideTransformer Outside(string output = "Sum") => new("V", output, 3);

    private IDataView Data() => _context.Data.LoadFromEnumerable(new[]
    {
        new Row { T = "a", V = [1.5f, -2] }, new Row { T = "b", V = [0.25f, 4] },
    });

    private MemoryStream Save(ITransformer model, DataViewSchema schema)
    {
        var stream = new MemoryStream();
        _context.Model.Save(model, schema, stream);
        return stream;
    }

    private static ITransformer Load(MemoryStream zip, out DataViewSchema schema)
    {
        zip.Position = 0;
        return new MLContext().Model.Load(zip, out schema);
    }

    private static byte[] ModelKey(MemoryStream zip, string entry = "TransformerChain/Model.key")
    {
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        using Stream stream = archive.GetEntry(entry).Open();
        using var block = new MemoryStream();
        stream.CopyTo(block);
        return block.ToArray();
    }

    private static void Patch(MemoryStream zip, Action<byte[]> change, string entry = "TransformerChain/Model.key")
    {
        byte[] block = ModelKey(zip, entry);
        change(block);
        using var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true);
        archive.GetEntry(entry).Delete();
        using Stream stream = archive.CreateEntry(entry).Open();
        stream.Write(block);
    }

    private sealed class Row
    {
        public string T { get; set; }

        [VectorType(2)]
        public float[] V { get; set; }
    }
}
