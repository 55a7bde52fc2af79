using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>A file that is written: under another name until it is whole. "-" is the standard output.</summary>
internal static class OutputFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes a file, or to the standard output; where writing fails a file is as it was before.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static T Write<T>(string path, Func<Stream, T> write)
    {
        if (path == "-")
        {
            using var output = new BufferedStream(Console.OpenStandardOutput(), BufferSize);
            return write(output);
        }

        // A device, such as /dev/null, is written to and not replaced.
        if (!OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal))
        {
            using var device = new BufferedStream(File.OpenWrite(path), BufferSize);
            return write(device);
        }

        T result = default!;
        try
        {
            AtomicFile.Write(path, stream =>
            {
                var buffered = new BufferedStream(stream, BufferSize);
                result = write(buffered);
                buffered.Flush();
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"'{path}' cannot be written: {failure.Message}", failure);
        }

        return result;
    }

    /// <summary>The same for text.</summary>
    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
        return 0;
    });

    /// <summary>Refuses, before long work, a file that could not be written after it.</summary>
    /// <param name="path">The file; null: none.</param>
    /// <param name="others">Files that are read, or written as well: it would take their place.</param>
    /// <exception cref="UserError">Its folder is missing, it is a folder itself, or one of the others.</exception>
    public static void Require(string? path, params string?[] others)
    {
        if (path is null or "-")
            return;
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new UserError($"'{path}' is a folder: name a file.");
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new UserError($"The folder of '{path}' does not exist: create it.");
        if (Array.Exists(others, other => other is not (null or "-") && Target(other) == Target(path)))
            throw new UserError($"'{path}' is named twice: what is written would take the place of another file of this command. Name another one.");
    }

    private static string Target(string path)
    {
        string full = Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }
}
