using System.Text;

namespace Adversarial.Neural;

/// <summary>A message of protocol buffers that is being written: fields one behind the other.</summary>
internal sealed class ProtoMessage
{
    private const int Varint = 0;
    private const int Bytes32 = 5;
    private const int Lengthy = 2;

    private readonly MemoryStream _content = new();

    /// <summary>The bytes so far.</summary>
    public ReadOnlySpan<byte> Content => _content.GetBuffer().AsSpan(0, (int)_content.Length);

    /// <summary>Adds an integer.</summary>
    public ProtoMessage Integer(int field, long value)
    {
        Write((ulong)(field << 3 | Varint));
        Write((ulong)value);
        return this;
    }

    /// <summary>Adds a number of single precision.</summary>
    public ProtoMessage Single(int field, float value)
    {
        Write((ulong)(field << 3 | Bytes32));
        _content.Write(BitConverter.GetBytes(value));
        return this;
    }

    /// <summary>Adds a text.</summary>
    public ProtoMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds a message.</summary>
    public ProtoMessage Message(int field, ProtoMessage value) => Bytes(field, value.Content);

    /// <summary>Adds bytes.</summary>
    public ProtoMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        Write((ulong)(field << 3 | Lengthy));
        Write((ulong)value.Length);
        _content.Write(value);
        return this;
    }

    /// <summary>Adds fields that are written already.</summary>
    public ProtoMessage Raw(ReadOnlySpan<byte> fields)
    {
        _content.Write(fields);
        return this;
    }

    /// <summary>Adds the fields of another message to these.</summary>
    public ProtoMessage Append(ProtoMessage fields) => Raw(fields.Content);

    private void Write(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _content.WriteByte((byte)(value | 0x80));
        _content.WriteByte((byte)value);
    }
}
