using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public interface IMultiStreamSource
{
    int Count { get; }

    string GetPathOrNull(int index);

    Stream Open(int index);

    TextReader OpenTextReader(int index);
}

/// <summary>Files read one after the other; they need not exist before they are opened.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    public MultiFileSource(params string[] paths)
    {
        Errors.CheckValue(paths, nameof(paths));
        foreach (string path in paths)
            Errors.CheckNonEmpty(path, nameof(path));
        _paths = paths;
    }

    public int Count => _paths.Length;

    public string GetPathOrNull(int index) => _paths[index];

    public Stream Open(int index) => new FileStream(_paths[index], FileMode.Open, FileAccess.Read, FileShare.Read);

    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
}
