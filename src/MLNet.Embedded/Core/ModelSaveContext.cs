using System.IO.Compression;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where a component writes its model: one block in one folder of the repository, sub-models in folders below it.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal const string ModelStreamName = "Model.key";

    // Only Latin letters, digits and separators stand in entry names, whatever the platform's own separator is.
    private const char Separator = '/';

    private readonly ZipArchive _archive;
    private readonly string _directory;
    private readonly MemoryStream _model = new();
    private readonly List<string> _strings = [];
    private readonly Dictionary<string, int> _stringIds = [];
    private VersionInfo? _version;

    internal readonly BinaryWriter Writer;

    private ModelSaveContext(ZipArchive archive, string directory)
    {
        _archive = archive;
        _directory = directory;
        Writer = new BinaryWriter(_model, Encoding.UTF8, leaveOpen: true);
    }

    public void Dispose() => Writer.Dispose();

    internal static void Save(ZipArchive archive, string directory, Action<ModelSaveContext> save)
    {
        using var context = new ModelSaveContext(archive, directory);
        save(context);
        context.Finish();
    }

    internal static string Combine(string directory, string name) =>
        string.IsNullOrEmpty(directory) ? name : directory + Separator + name;

    internal void SetVersionInfo(VersionInfo ver)
    {
        if (_version.HasValue)
            throw Errors.Operation("The model's version info is set twice");
        _version = ver;
    }

    internal void SaveModel<T>(T value, string dir)
        where T : class
    {
        if (value is not ICanSaveModel saveable)
            throw Errors.Operation($"Cannot save '{value?.GetType()}': it is not an {nameof(ICanSaveModel)}");
        SaveSubModel(dir, saveable.Save);
    }

    internal void SaveSubModel(string dir, Action<ModelSaveContext> save) => Save(_archive, Combine(_directory, dir), save);

    internal void SaveBinaryStream(string name, Action<BinaryWriter> save)
    {
        using Stream stream = _archive.CreateEntry(Combine(_directory, name)).Open();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        save(writer);
    }

    internal void SaveNonEmptyString(string str)
    {
        Errors.CheckNonEmpty(str, nameof(str));
        Writer.Write(GetStringId(str));
    }

    private int GetStringId(string text)
    {
        if (!_stringIds.TryGetValue(text, out int id))
        {
            id = _strings.Count;
            _stringIds.Add(text, id);
            _strings.Add(text);
        }

        return id;
    }

    private void Finish()
    {
        Writer.Flush();
        VersionInfo version = _version ?? throw Errors.Operation("ModelSignature not specified!");
        using Stream stream = _archive.CreateEntry(Combine(_directory, ModelStreamName)).Open();
        ModelHeader.Write(stream, version, _model, _strings);
    }
}
