using System.Buffers.Binary;

namespace Adversarial.Mutations;

/// <summary>The frame of a file of this library (magic, format, length, content, checksum), so that changes get behind its checksum.</summary>
internal static class Frame
{
    private const int LengthAt = 12;
    private const int HeaderLength = 16;
    private const int ChecksumLength = 8;

    /// <summary>What the frame holds.</summary>
    public static byte[] Content(byte[] file) => file[HeaderLength..^ChecksumLength];

    /// <summary>The same frame around another content, its length and checksum put right.</summary>
    public static byte[] With(byte[] file, byte[] content)
    {
        var framed = new byte[HeaderLength + content.Length + ChecksumLength];
        file.AsSpan(0, LengthAt).CopyTo(framed);
        BinaryPrimitives.WriteInt32LittleEndian(framed.AsSpan(LengthAt), content.Length);
        content.CopyTo(framed, HeaderLength);
        BinaryPrimitives.WriteUInt64LittleEndian(framed.AsSpan(HeaderLength + content.Length), Checksum(content));
        return framed;
    }

    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in bytes)
            hash = (hash ^ value) * 1099511628211;
        return hash;
    }
}
