using System.Text.Encodings.Web;
using System.Text.Json;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Writes a JSON object a row; a number that is none is null.</summary>
internal sealed class JsonLinesWriter(Stream stream, IReadOnlyList<OutputColumn> columns) : RowWriter
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonEncodedText[] _names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];

    /// <inheritdoc/>
    public override void Format(OutputBlock block)
    {
        block.Bytes.ResetWrittenCount();
        using var json = new Utf8JsonWriter(block.Bytes, _options);
        for (int r = 0; r < block.Count; r++)
        {
            json.WriteStartObject();
            for (int c = 0; c < _names.Length; c++)
            {
                json.WritePropertyName(_names[c]);
                Write(json, block, c, r);
            }

            json.WriteEndObject();
            json.Flush();
            block.Bytes.GetSpan(1)[0] = (byte)'\n';
            block.Bytes.Advance(1);
            json.Reset();
        }
    }

    private void Write(Utf8JsonWriter json, OutputBlock block, int column, int row)
    {
        switch (columns[column].Kind)
        {
            case OutputKind.Number when float.IsFinite(block.Numbers(column)[row]):
                json.WriteNumberValue(block.Numbers(column)[row]);
                break;
            case OutputKind.Number:
                json.WriteNullValue();
                break;
            case OutputKind.Whole:
                json.WriteNumberValue(block.Wholes(column)[row]);
                break;
            case OutputKind.Flag:
                json.WriteBooleanValue(block.Flags(column)[row]);
                break;
            default:
                json.WriteStringValue(block.Texts(column)[row]);
                break;
        }
    }

    /// <inheritdoc/>
    public override void Write(OutputBlock block) => stream.Write(block.Bytes.WrittenSpan);

    /// <inheritdoc/>
    public override void End() => stream.Flush();
}
