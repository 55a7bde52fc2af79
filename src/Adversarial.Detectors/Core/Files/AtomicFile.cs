namespace Adversarial.Detectors;

/// <summary>A file that is whole at any time: a new one takes its place when it is complete.</summary>
internal static class AtomicFile
{
    // What Path.GetRandomFileName gives.
    private const string AnyRandomName = "????????.???";

    /// <summary>Writes or replaces a file.</summary>
    /// <param name="path">The file; where it is a link, the file that it leads to.</param>
    /// <param name="write">Writes the content; where it throws, nothing changes.</param>
    /// <exception cref="DirectoryNotFoundException">The file's folder does not exist.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        string folder = Path.GetDirectoryName(target) ?? target;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder of '{path}' does not exist: create it.");
        string unfinished = Path.Combine(folder, NameBeside(target, Path.GetRandomFileName()));
        try
        {
            using (FileStream stream = Create(unfinished))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            KeepMode(target, unfinished);
            File.Move(unfinished, target, overwrite: true);
        }
        catch
        {
            TryDelete(unfinished);
            throw;
        }
    }

    /// <summary>Tries whether the folder of a file can be written, and deletes what processes that were killed left of it.</summary>
    /// <param name="path">The file's full path; its folder exists.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not allow it.</exception>
    public static void Prepare(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        foreach (string left in Directory.GetFiles(folder, NameBeside(path, AnyRandomName)))
            File.Delete(left);
        string tried = Path.Combine(folder, NameBeside(path, Path.GetRandomFileName()));
        Create(tried).Dispose();
        File.Delete(tried);
    }

    private static string NameBeside(string path, string random) => $".{Path.GetFileName(path)}.{random}.tmp";

    // A name that nobody can foresee, created exclusively: a link planted there would lead the writing elsewhere.
    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

    // Who could not read the old file is not to read the new one.
    private static void KeepMode(string target, string unfinished)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            File.SetUnixFileMode(unfinished, File.GetUnixFileMode(target));
    }

    // The reason for the failure is worth more than that of this one.
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }
}
