namespace Adversarial.Detectors;

/// <summary>Where a checkpoint stands: a file that can be written, as is found out before training.</summary>
internal static class CheckpointPlace
{
    /// <summary>The full path of a file that can be written, tried now: not after hours of training.</summary>
    /// <exception cref="ArgumentException">The path is that of a folder.</exception>
    /// <exception cref="IOException">The folder does not exist or cannot be written.</exception>
    public static string Require(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            throw new ArgumentException(
                $"Option {nameof(NetworkDetectorOptions.CheckpointPath)}, '{path}', is a folder: name a file in it.", nameof(NetworkDetectorOptions.CheckpointPath));
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new DirectoryNotFoundException($"The folder of option {nameof(NetworkDetectorOptions.CheckpointPath)}, '{path}', does not exist: create it.");
        try
        {
            AtomicFile.Prepare(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The folder of option {nameof(NetworkDetectorOptions.CheckpointPath)}, '{path}', cannot be written: {failure.Message} Name a file in another one.", failure);
        }

        return path;
    }
}
