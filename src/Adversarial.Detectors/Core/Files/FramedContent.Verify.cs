using System.Text;

namespace Adversarial.Detectors;

/// <content>Content that is read where it stands.</content>
internal sealed partial record FramedContent
{
    /// <summary>Bytes of the checksum that follows the content.</summary>
    public const int ChecksumLength = sizeof(ulong);

    private const int VerifiedLength = 1 << 16;

    /// <summary>
    /// Checks a whole frame, a piece in memory at a time, and goes back to the start of its content: a stream that is large for no good
    /// reason costs time but no memory.
    /// </summary>
    /// <param name="stream">At the start of the frame; it can seek.</param>
    /// <returns>Position at which the content ends.</returns>
    /// <exception cref="FormatException">Another kind of file, of a newer version, truncated or damaged.</exception>
    public long Verify(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            int length = ReadHeader(reader, out _);
            long start = stream.Position;
            ulong checksum = Checksum([]);
            var piece = new byte[VerifiedLength];
            for (long left = length; left > 0;)
            {
                Span<byte> part = piece.AsSpan(0, (int)Math.Min(left, piece.Length));
                stream.ReadExactly(part);
                checksum = Checksum(part, checksum);
                left -= part.Length;
            }

            if (reader.ReadUInt64() != checksum)
                throw new FormatException($"The {Kind} is damaged: its checksum differs.");
            stream.Position = start;
            return start + length;
        }
        catch (EndOfStreamException)
        {
            throw new FormatException($"The {Kind} is truncated: it ends within its frame.");
        }
    }
}
