using System.IO.Compression;
using System.Text;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>A file of rows, or the standard input: text or Parquet, by what it begins with; packed by gzip or not.</summary>
/// <param name="path">The file; "-" is the standard input.</param>
/// <param name="separator">Between cells of a text; null: tab of a .tsv, else the one that the first line has most of.</param>
/// <param name="hasHeader">Whether the first line of a text holds names.</param>
internal sealed class TableFile(string path, char? separator, bool hasHeader)
{
    private byte[]? _standardInput;

    /// <summary>For messages.</summary>
    public string Name => IsStandardInput ? "The standard input" : Path.GetFileName(path);

    /// <summary>Whether it is the standard input.</summary>
    public bool IsStandardInput => path == "-";

    /// <summary>Opens it at its first row; the standard input is read to its end at the first time, and kept.</summary>
    /// <exception cref="UserError">It is missing, cannot be read or is empty.</exception>
    public TableSource Open() => Open(() =>
    {
        if (!IsStandardInput)
            return File.OpenRead(path);
        if (_standardInput is null)
        {
            using var kept = new MemoryStream();
            Console.OpenStandardInput().CopyTo(kept);
            _standardInput = kept.ToArray();
        }

        return new MemoryStream(_standardInput, writable: false);
    });

    /// <summary>Opens it for the only time: the standard input is read as it comes.</summary>
    /// <exception cref="UserError">It is missing, cannot be read or is empty.</exception>
    public TableSource OpenOnce() => IsStandardInput ? Open(Console.OpenStandardInput) : Open();

    private TableSource Open(Func<Stream> open)
    {
        Stream stream;
        try
        {
            stream = new PeekableStream(open());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserError(failure is FileNotFoundException or DirectoryNotFoundException
                ? $"There is no file '{path}'. Name a file with rows, or - for the standard input."
                : $"'{path}' cannot be read: {failure.Message}", failure);
        }

        try
        {
            if (((PeekableStream)stream).StartsWith([0x1f, 0x8b]))
                stream = new PeekableStream(new GZipStream(stream, CompressionMode.Decompress));
            if (((PeekableStream)stream).StartsWith([(byte)'P', (byte)'K', 3, 4]))
                throw new UserError($"{Name} is a zip archive, such as a model or a workbook of Excel, and no table: unpack it, or save the sheet as CSV.");
            if (((PeekableStream)stream).StartsWith("PAR1"u8))
                return new ParquetSource(Seekable(stream), Name) { Name = Name };
            return new CsvSource(new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16), Name,
                separator ?? (IsTabSeparated ? '\t' : null), hasHeader)
            {
                Name = Name,
            };
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private bool IsTabSeparated => path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase);

    // Parquet has its table of contents at the end.
    private static Stream Seekable(Stream stream)
    {
        if (stream.CanSeek)
            return stream;
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }
}
