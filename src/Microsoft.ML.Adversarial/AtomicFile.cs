namespace Microsoft.ML.Adversarial;

/// <summary>A file that is whole at any time: a new one takes its place when it is complete.</summary>
internal static class AtomicFile
{
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
        // A name that nobody can foresee, created exclusively: a link planted there would lead the writing elsewhere.
        string unfinished = Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
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
