using System.Text;

namespace Adversarial.Detectors;

/// <summary>
/// The stored form of a fitted detector: magic, format version, length, content (method, options, scaling, threshold, weights), checksum.
/// It holds data only; loading runs no code from it.
/// </summary>
public static class DetectorFile
{
    /// <summary>Version that is written. Older ones are read, newer ones refused.</summary>
    public const int FormatVersion = 1;

    private const int MaximumColumns = 1 << 24;
    private const int PieceLength = 1 << 16;

    private static ReadOnlySpan<byte> Magic => "ADVDETCT"u8;

    /// <summary>Writes a fitted detector.</summary>
    public static void Save(Detector detector, Stream stream)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(detector.Descriptor.Name);
            writer.Write(detector.Descriptor.ToJson(detector.Options));
            detector.SaveState(writer);
        }

        using var header = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        header.Write(Magic);
        header.Write(FormatVersion);
        header.Write(bytes.Length);
        header.Write(bytes);
        header.Write(Checksum(bytes));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">Not a detector, of a newer version, truncated or damaged.</exception>
    public static Detector Load(Stream stream)
    {
        try
        {
            return Read(ReadContent(stream));
        }
        catch (Exception failure) when (failure is EndOfStreamException or System.Text.Json.JsonException or ArgumentException or OverflowException)
        {
            throw new FormatException($"The model is truncated or damaged: {failure.Message}", failure);
        }
    }

    private static byte[] ReadContent(Stream stream)
    {
        using var header = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (!header.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
            throw new FormatException("This is not an anomaly detector's model: its first bytes are others.");
        int version = header.ReadInt32();
        if (version < 1)
            throw new FormatException($"The model is damaged: its format is {version}.");
        if (version > FormatVersion)
        {
            throw new FormatException(
                $"The model has format {version}, this library reads up to {FormatVersion}: it was written by a newer version, update the library.");
        }

        int length = header.ReadInt32();
        byte[] content = ReadUpTo(stream, length);
        if (content.Length != length)
            throw new FormatException($"The model is truncated: {content.Length} of {length} bytes are there.");
        if (header.ReadUInt64() != Checksum(content))
            throw new FormatException("The model is damaged: its checksum differs.");
        return content;
    }

    // In pieces: a damaged length must not ask for memory that the stream cannot fill.
    private static byte[] ReadUpTo(Stream stream, int length)
    {
        using var content = new MemoryStream();
        var piece = new byte[PieceLength];
        while (content.Length < length)
        {
            int count = stream.Read(piece, 0, (int)Math.Min(piece.Length, length - content.Length));
            if (count == 0)
                break;
            content.Write(piece, 0, count);
        }

        return content.ToArray();
    }

    private static Detector Read(byte[] content)
    {
        using var reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
        string name = reader.ReadString();
        DetectorDescriptor descriptor = DetectorRegistry.All.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new FormatException($"The model is of the method '{name}', which this version of the library does not have.");
        DetectorOptions options = descriptor.FromJson(reader.ReadString());
        int columns = reader.ReadInt32();
        if (columns is < 1 or > MaximumColumns)
            throw new FormatException($"The model is damaged: it has {columns} features.");
        Detector detector = descriptor.Create(options, columns);
        detector.LoadState(reader);
        return detector;
    }

    // FNV-1a: enough against truncation and bit rot; it is no protection against forgery.
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in bytes)
            hash = (hash ^ value) * 1099511628211;
        return hash;
    }
}
