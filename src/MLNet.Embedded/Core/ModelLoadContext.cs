using System.IO.Compression;
using System.Reflection;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where a component reads its model from: the block of its folder, and the folders below it.</summary>
internal sealed class ModelLoadContext : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly string _directory;
    private readonly ModelHeader _header;

    public readonly BinaryReader Reader;

    private ModelLoadContext(ZipArchive archive, string directory, Stream block)
    {
        _archive = archive;
        _directory = directory;
        Reader = new BinaryReader(block, Encoding.UTF8);
        _header = ModelHeader.Read(Reader);
    }

    public void Dispose() => Reader.Dispose();

    public void CheckAtModel(VersionInfo ver)
    {
        Errors.CheckDecode(_header.ModelSignature == ver.ModelSignature, "Unknown file type");
        Errors.CheckDecode(_header.VerReadable <= ver.VerWrittenCur,
            $"Cannot load version {Hex(_header.VerWritten)} of '{ver.LoaderSignature}', because the model is too new.");
        Errors.CheckDecode(_header.VerWritten >= ver.VerWeCanReadBack,
            $"Cannot load version {Hex(_header.VerWritten)} of '{ver.LoaderSignature}', because the model is too old.");
    }

    internal static bool TryLoad<TRes, TSig>(IHostEnvironment env, out TRes result, ZipArchive archive, string directory,
        params object[] extra)
        where TRes : class
    {
        result = null;
        Stream block = OpenBlock(archive, ModelSaveContext.Combine(directory, ModelSaveContext.ModelStreamName));
        if (block == null)
            return false;
        using var context = new ModelLoadContext(archive, directory, block);
        return context.TryCreate<TRes, TSig>(env, out result, extra);
    }

    internal void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, string dir, params object[] extra)
        where TRes : class
    {
        string directory = ModelSaveContext.Combine(_directory, dir);
        Stream block = OpenBlock(_archive, ModelSaveContext.Combine(directory, ModelSaveContext.ModelStreamName));
        Errors.CheckDecode(block != null);
        using var context = new ModelLoadContext(_archive, directory, block);
        if (!context.TryCreate<TRes, TSig>(env, out result, extra))
            throw Errors.Decode($"Couldn't load model: '{directory}'");
    }

    internal bool TryProcessSubModel(string dir, Action<ModelLoadContext> action)
    {
        string directory = ModelSaveContext.Combine(_directory, dir);
        Stream block = OpenBlock(_archive, ModelSaveContext.Combine(directory, ModelSaveContext.ModelStreamName));
        if (block == null)
            return false;
        using var context = new ModelLoadContext(_archive, directory, block);
        action(context);
        return true;
    }

    internal bool TryLoadBinaryStream(string name, Action<BinaryReader> load)
    {
        Stream block = OpenBlock(_archive, ModelSaveContext.Combine(_directory, name));
        if (block == null)
            return false;
        using var reader = new BinaryReader(block, Encoding.UTF8);
        load(reader);
        return true;
    }

    internal string LoadNonEmptyString()
    {
        int id = Reader.ReadInt32();
        Errors.CheckDecode((uint)id < (uint)_header.Strings.Count);
        return _header.Strings[id];
    }

    /// <summary>Copies an entry out of the archive, so that a model can be read with seeking and sub-models in between.</summary>
    internal static MemoryStream OpenBlock(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.GetEntry(name);
        if (entry == null)
            return null;
        using Stream source = entry.Open();
        var block = new MemoryStream((int)Math.Min(entry.Length, int.MaxValue));
        source.CopyTo(block);
        block.Position = 0;
        return block;
    }

    private bool TryCreate<TRes, TSig>(IHostEnvironment env, out TRes result, object[] extra)
        where TRes : class
    {
        if (!string.IsNullOrEmpty(_header.LoaderAssemblyName))
            env.ComponentCatalog.RegisterAssembly(Assembly.Load(_header.LoaderAssemblyName));
        object[] arguments = [this, .. extra];
        foreach (string loader in new[] { _header.LoaderSignature, _header.LoaderSignatureAlt })
        {
            if (!string.IsNullOrEmpty(loader) && env.ComponentCatalog.TryCreateInstance(env, typeof(TSig), loader, arguments, out result))
                return true;
        }

        result = null;
        return false;
    }

    private static string Hex(uint version) => FormattableString.Invariant($"0x{version:x8}");
}
