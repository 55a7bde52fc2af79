using System.IO.Compression;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Checks that a model's archive is whole before ML.NET reads it: its loader looks at no checksum, and a damaged schema can give it another
/// schema or no end.
/// </summary>
internal static class ArchiveCheck
{
    private const uint Polynomial = 0xEDB88320;
    private const int PieceLength = 1 << 16;

    private static readonly uint[] _table = [.. Enumerable.Range(0, 256).Select(index =>
    {
        uint value = (uint)index;
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
        return value;
    })];

    /// <summary>Reads every entry, a piece in memory at a time, and goes back to where the stream stood.</summary>
    /// <param name="stream">It can seek.</param>
    /// <exception cref="FormatException">It is no archive, truncated or damaged.</exception>
    public static void Require(Stream stream)
    {
        long start = stream.Position;
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (ZipArchiveEntry entry in archive.Entries)
                RequireWhole(entry);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            throw new FormatException(
                $"This is no saved model, or it is truncated or damaged: {failure.Message} Name the file that Model.Save or Model.SaveAtomically wrote, or save the model again.", failure);
        }

        stream.Position = start;
    }

    private static void RequireWhole(ZipArchiveEntry entry)
    {
        using Stream content = entry.Open();
        var piece = new byte[PieceLength];
        uint checksum = uint.MaxValue;
        for (int length; (length = content.Read(piece)) > 0;)
        {
            foreach (byte value in piece.AsSpan(0, length))
                checksum = _table[(byte)(checksum ^ value)] ^ (checksum >> 8);
        }

        if (~checksum != entry.Crc32)
            throw new InvalidDataException($"The checksum of its entry '{entry.FullName}' differs.");
    }
}
