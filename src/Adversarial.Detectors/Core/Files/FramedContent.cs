using System.Text;

namespace Adversarial.Detectors;

/// <summary>How a file of this library is framed: magic, format version, length, content, checksum.</summary>
/// <param name="Magic">Its first bytes, eight letters.</param>
/// <param name="Version">Version that is written. Older ones are read, newer ones refused.</param>
/// <param name="Kind">What the file is, for errors: "model".</param>
/// <param name="Whole">The same in full: "an anomaly detector's model".</param>
internal sealed partial record FramedContent(string Magic, int Version, string Kind, string Whole)
{
    private const int PieceLength = 1 << 16;

    /// <summary>Writes the frame and in it what <paramref name="write"/> writes.</summary>
    public void Write(Stream stream, Action<BinaryWriter> write)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
            write(writer);

        using var header = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        header.Write(Encoding.ASCII.GetBytes(Magic));
        header.Write(Version);
        header.Write(bytes.Length);
        header.Write(bytes);
        header.Write(Checksum(bytes));
    }

    /// <inheritdoc cref="Read(Stream, out int)"/>
    public byte[] Read(Stream stream) => Read(stream, out _);

    /// <summary>Reads the content, and the version that it was written in.</summary>
    /// <exception cref="FormatException">Another kind of file, of a newer version, truncated or damaged.</exception>
    public byte[] Read(Stream stream, out int version)
    {
        using var header = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            return ReadContent(stream, header, out version);
        }
        catch (EndOfStreamException)
        {
            throw new FormatException($"The {Kind} is truncated: it ends within its frame.");
        }
    }

    private byte[] ReadContent(Stream stream, BinaryReader header, out int version)
    {
        int length = ReadHeader(header);
        byte[] content = ReadUpTo(stream, length);
        if (content.Length != length)
            throw new FormatException($"The {Kind} is truncated: {content.Length} of {length} bytes are there.");
        if (header.ReadUInt64() != Checksum(content))
            throw new FormatException($"The {Kind} is damaged: its checksum differs.");
        return content;
    }

    // Up to the length of the content, which it gives.
    private int ReadHeader(BinaryReader header)
    {
        if (!header.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(Magic)))
            throw new FormatException($"This is not {Whole}: its first bytes are others.");
        version = header.ReadInt32();
        if (version < 1)
            throw new FormatException($"The {Kind} is damaged: its format is {version}.");
        if (version > Version)
        {
            throw new FormatException(
                $"The {Kind} has format {version}, this library reads up to {Version}: it was written by a newer version, update the library.");
        }

        return header.ReadInt32();
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

    // FNV-1a: enough against truncation and bit rot; it is no protection against forgery.
    private static ulong Checksum(ReadOnlySpan<byte> bytes, ulong hash = 14695981039346656037)
    {
        foreach (byte value in bytes)
            hash = (hash ^ value) * 1099511628211;
        return hash;
    }
}
