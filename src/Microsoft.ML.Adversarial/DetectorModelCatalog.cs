using System.Reflection;
using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML;

/// <summary>Model files among the operations of <see cref="ModelOperationsCatalog"/>, for what its own Load and Save leave to be wished.</summary>
public static class DetectorModelCatalog
{
    /// <summary>
    /// Loads a model like <see cref="ModelOperationsCatalog.Load(string, out DataViewSchema)"/>, which wraps the reason why a model cannot be
    /// loaded in "Exception has been thrown by the target of an invocation": here the error says it. Any model loads, with or without a detector.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="filePath">The model's file.</param>
    /// <param name="inputSchema">Schema of the rows that the model takes; null where it was saved without.</param>
    /// <returns>The model: a chain, or the transformer that was saved.</returns>
    /// <exception cref="FormatException">No model, of a newer version, truncated or damaged; the message says which. ML.NET's error is the inner one.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static ITransformer LoadDetector(this ModelOperationsCatalog catalog, string filePath, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        using FileStream stream = File.OpenRead(filePath);
        return LoadDetector(catalog, stream, out inputSchema);
    }

    /// <summary>The same from a stream, which stays open. Of one that can seek the archive's checksums are checked first.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="stream">The model's bytes.</param>
    /// <param name="inputSchema">Schema of the rows that the model takes; null where it was saved without.</param>
    /// <returns>The model: a chain, or the transformer that was saved.</returns>
    /// <exception cref="FormatException">No model, of a newer version, truncated or damaged; the message says which. ML.NET's error is the inner one.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static ITransformer LoadDetector(this ModelOperationsCatalog catalog, Stream stream, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stream);
        OwnAssembly.LetBeFound();
        if (stream.CanSeek)
            ArchiveCheck.Require(stream);
        try
        {
            return catalog.Load(stream, out inputSchema);
        }
        catch (Exception failure) when (IsOfContent(failure))
        {
            throw new FormatException(Reason(failure).Message, failure);
        }
    }

    /// <summary>
    /// Saves a model like <see cref="ModelOperationsCatalog.Save(ITransformer, DataViewSchema, string)"/>, but so that the file is whole at any
    /// time: a process that is killed, a full disk or a model that fails to save leave what was there before. The model goes to a file of a
    /// random name in the same folder, is flushed to the disk, and takes the place of the other in one step. A process that is killed may leave
    /// that file, which ends in ".tmp".
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">Schema of the rows that the model takes; may be null.</param>
    /// <param name="filePath">The file to write or to replace. Where it is a link, the file that it leads to.</param>
    /// <exception cref="DirectoryNotFoundException">The file's folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not allow it, or the path is a folder's.</exception>
    public static void SaveAtomically(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string filePath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        AtomicFile.Write(filePath, stream => catalog.Save(model, inputSchema, stream));
    }

    // What says that the machine failed and not the file passes.
    private static bool IsOfContent(Exception failure) => Reason(failure) switch
    {
        OutOfMemoryException or UnauthorizedAccessException => false,
        EndOfStreamException or FileNotFoundException or FileLoadException => true,
        IOException => false,
        _ => true,
    };

    // The innermost error tells most, but for those that our own ones keep as their cause.
    private static Exception Reason(Exception failure)
    {
        Exception reason = failure;
        while (reason is not FormatException { InnerException: not TargetInvocationException } && reason.InnerException is { } inner)
            reason = inner;
        return reason;
    }
}
