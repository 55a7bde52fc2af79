using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Writes separated text in UTF-8, with a header; texts with a separator, a quote or a line end in them are quoted.</summary>
internal sealed class CsvWriter : RowWriter
{
    private const int LongestNumber = 32;

    private readonly Stream _stream;
    private readonly char _separator;
    private readonly IReadOnlyList<OutputColumn> _columns;

    public CsvWriter(Stream stream, char separator, IReadOnlyList<OutputColumn> columns, string? lineHeader)
    {
        _stream = stream;
        _separator = separator;
        _columns = columns;
        var header = new ArrayBufferWriter<byte>();
        if (lineHeader is not null)
            Encoding.UTF8.GetBytes(lineHeader, header);
        for (int c = 0; c < columns.Count; c++)
        {
            if (c > 0 || lineHeader is not null)
                Put(header, (byte)_separator);
            Put(header, columns[c].Name);
        }

        Put(header, (byte)'\n');
        stream.Write(header.WrittenSpan);
    }

    /// <inheritdoc/>
    public override void Format(OutputBlock block)
    {
        ArrayBufferWriter<byte> bytes = block.Bytes;
        bytes.ResetWrittenCount();
        for (int r = 0; r < block.Count; r++)
        {
            if (block.Lines is { } lines)
                Encoding.UTF8.GetBytes(lines.Line(r), bytes);
            for (int c = 0; c < _columns.Count; c++)
            {
                if (c > 0 || block.Lines is not null)
                    Put(bytes, (byte)_separator);
                switch (_columns[c].Kind)
                {
                    case OutputKind.Number:
                        Put(bytes, block.Numbers(c)[r]);
                        break;
                    case OutputKind.Whole:
                        Put(bytes, block.Wholes(c)[r].ToString(CultureInfo.InvariantCulture));
                        break;
                    case OutputKind.Flag:
                        bytes.Write(block.Flags(c)[r] ? "true"u8 : "false"u8);
                        break;
                    default:
                        Put(bytes, block.Texts(c)[r]);
                        break;
                }
            }

            Put(bytes, (byte)'\n');
        }
    }

    /// <inheritdoc/>
    public override void Write(OutputBlock block) => _stream.Write(block.Bytes.WrittenSpan);

    /// <inheritdoc/>
    public override void End() => _stream.Flush();

    private static void Put(ArrayBufferWriter<byte> bytes, byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    private static void Put(ArrayBufferWriter<byte> bytes, float value)
    {
        if (!value.TryFormat(bytes.GetSpan(LongestNumber), out int written, default, CultureInfo.InvariantCulture))
            throw new InvalidOperationException("A number is longer than any can be.");
        bytes.Advance(written);
    }

    private void Put(ArrayBufferWriter<byte> bytes, string text) => Encoding.UTF8.GetBytes(Cell(text, _separator), bytes);

    /// <summary>A text as a cell, in quotes where it needs them.</summary>
    public static string Cell(string text, char separator) =>
        text.AsSpan().ContainsAny([separator, '"', '\n', '\r']) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
