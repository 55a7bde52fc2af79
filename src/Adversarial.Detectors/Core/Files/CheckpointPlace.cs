using System.Security.Cryptography;

namespace Adversarial.Detectors;

/// <summary>
/// Where a checkpoint stands: a file that is replaced as a whole. What is not finished has a name that nobody knows before and is made
/// where nothing is, so that a link in its place is not followed; a write that fails takes it away again, and a fit what a killed one left.
/// </summary>
internal static class CheckpointPlace
{
    private const string Unfinished = ".unfinished";
    private const int NameBytes = 8;

    /// <summary>The full path of a file that can be written, tried now: not after hours of training.</summary>
    /// <exception cref="ArgumentException">The path is that of a folder.</exception>
    /// <exception cref="IOException">The folder does not exist or cannot be written.</exception>
    public static string Require(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            throw new ArgumentException(
                $"Option {nameof(DetectorOptions.CheckpointPath)}, '{path}', is a folder: name a file in it.", nameof(DetectorOptions.CheckpointPath));
        }

        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder of option {nameof(DetectorOptions.CheckpointPath)}, '{path}', does not exist: create it.");
        try
        {
            foreach (string left in Directory.GetFiles(folder, $"{Path.GetFileName(path)}.{new string('?', 2 * NameBytes)}{Unfinished}"))
                File.Delete(left);
            string tried = NewName(path);
            using (Create(tried))
                File.Delete(tried);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The folder of option {nameof(DetectorOptions.CheckpointPath)}, '{path}', cannot be written: {failure.Message} Name a file in another one.", failure);
        }

        return path;
    }

    /// <summary>Writes the file anew. It is whole at any time: the former one stays until the new one is complete.</summary>
    public static void Replace(string path, Action<Stream> write)
    {
        string unfinished = NewName(path);
        try
        {
            using (FileStream stream = Create(unfinished))
                write(stream);
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            Abandon(unfinished);
            throw;
        }
    }

    private static string NewName(string path) => $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes))}{Unfinished}";

    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);

    private static void Abandon(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The write's own failure is what the caller has to know.
        }
    }
}
