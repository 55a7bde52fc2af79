using System.Text;

namespace Adversarial.Neural;

/// <summary>A field of a message of protocol buffers.</summary>
/// <param name="Number">Which field it is.</param>
/// <param name="Value">The value of an integer.</param>
/// <param name="Content">The bytes of a text or a message.</param>
internal readonly record struct ProtoField(int Number, long Value, ReadOnlyMemory<byte> Content)
{
    /// <summary>The bytes as a text.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>The bytes as a message.</summary>
    public List<ProtoField> Fields => Read(Content);

    /// <summary>The fields of a message, in their order.</summary>
    /// <exception cref="FormatException">It is none, or truncated.</exception>
    public static List<ProtoField> Read(ReadOnlyMemory<byte> message)
    {
        var fields = new List<ProtoField>();
        for (int at = 0; at < message.Length;)
        {
            ulong key = Varint(message.Span, ref at);
            long value = 0;
            ReadOnlyMemory<byte> content = default;
            switch (key & 7)
            {
                case 0:
                    value = (long)Varint(message.Span, ref at);
                    break;
                case 1:
                    content = Take(message, 8, ref at);
                    break;
                case 2:
                    content = Take(message, Varint(message.Span, ref at), ref at);
                    break;
                case 5:
                    content = Take(message, 4, ref at);
                    break;
                default:
                    throw Damaged();
            }

            fields.Add(new ProtoField((int)(key >> 3), value, content));
        }

        return fields;
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> message, ulong length, ref int at)
    {
        if (length > (ulong)(message.Length - at))
            throw Damaged();
        ReadOnlyMemory<byte> content = message.Slice(at, (int)length);
        at += (int)length;
        return content;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= message.Length)
                throw Damaged();
            byte next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Damaged();
    }

    private static FormatException Damaged() => new("The bytes are no ONNX model, truncated or damaged.");
}
