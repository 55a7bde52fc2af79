using System.Text;

namespace Adversarial.Detectors;

/// <summary>How a file of this library is framed: magic, format version, length, content, checksum.</summary>
/// <param name="Magic">Its first bytes, eight letters.</param>
/// <param name="Version">Version that is written. Older ones are read, newer ones refused.</param>
/// <param name="Kind">What the file is, for errors: "model".</param>
/// <param name="Whole">The same in full: "an anomaly detector's model".</param>
internal sealed partial record FramedContent(string Magic, int Version, string Kind, string Whole)
{
    /// <summary>So many bytes are read into memory before anything is known of them.</summary>
    public const int UncountedLength = 64 << 20;

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

    /// <summary>Reads the content into one buffer.</summary>
    /// <param name="stream">At the start of the frame; it is read to the frame's end and no further.</param>
    /// <param name="version">The version that it was written in.</param>
    /// <param name="mostLength">
    /// The most bytes that content may have, by its first <see cref="UncountedLength"/> ones, the length that the frame claims, and the
    /// version; asked where there are more.
    /// </param>
    /// <exception cref="FormatException">Another kind of file, of a newer version, truncated or damaged.</exception>
    public byte[] Read(Stream stream, out int version, Func<byte[], int, int, long>? mostLength = null)
    {
        using var header = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            return ReadContent(stream, header, out version, mostLength);
        }
        catch (EndOfStreamException)
        {
            throw new FormatException($"The {Kind} is truncated: it ends within its frame.");
        }
    }

    private byte[] ReadContent(Stream stream, BinaryReader header, out int version, Func<byte[], int, int, long>? mostLength)
    {
        int length = ReadHeader(header, out version);
        byte[] content = ReadBytes(stream, length, version, mostLength);
        if (header.ReadUInt64() != Checksum(content))
            throw new FormatException($"The {Kind} is damaged: its checksum differs.");
        return content;
    }

    // Up to the length of the content, which it gives.
    private int ReadHeader(BinaryReader header, out int version)
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

        int length = header.ReadInt32();
        return length >= 0 && length <= Array.MaxLength ? length : throw new FormatException($"The {Kind} is damaged: its length is {length}.");
    }

    // A length that is not true must not ask for memory: what the stream does not have, or the content's start does not explain.
    private byte[] ReadBytes(Stream stream, int length, int version, Func<byte[], int, int, long>? mostLength)
    {
        if (stream.CanSeek && stream.Length - stream.Position < length)
            throw Truncated(stream.Length - stream.Position, length);
        var content = new byte[Math.Min(length, UncountedLength)];
        int filled = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (filled < length && filled == content.Length && mostLength?.Invoke(content, length, version) < length)
            throw new FormatException($"The {Kind} is damaged: it has {length:N0} bytes, and what it begins with accounts for fewer.");
        while (filled < length && filled == content.Length)
        {
            Array.Resize(ref content, stream.CanSeek ? length : (int)Math.Min(length, 2L * filled));
            filled += stream.ReadAtLeast(content.AsSpan(filled), content.Length - filled, throwOnEndOfStream: false);
        }

        return filled == length ? content : throw Truncated(filled, length);
    }

    private FormatException Truncated(long there, int length) => new($"The {Kind} is truncated: {there} of {length} bytes are there.");

    // FNV-1a: enough against truncation and bit rot; it is no protection against forgery.
    private static ulong Checksum(ReadOnlySpan<byte> bytes, ulong hash = 14695981039346656037)
    {
        foreach (byte value in bytes)
            hash = (hash ^ value) * 1099511628211;
        return hash;
    }
}
