using Parquet;
using Parquet.Schema;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Writes Parquet, a row group of some blocks at a time.</summary>
internal sealed class ParquetRowWriter : RowWriter
{
    private const int RowsOfGroup = 32 * RowBlock.Capacity;

    private readonly IReadOnlyList<OutputColumn> _columns;
    private readonly DataField[] _fields;
    private readonly ParquetWriter _writer;
    private readonly Array[] _values;
    private int _rows;

    public ParquetRowWriter(Stream stream, IReadOnlyList<OutputColumn> columns)
    {
        _columns = columns;
        _fields = [.. columns.Select(column => column.Kind switch
        {
            OutputKind.Number => new DataField<float>(column.Name),
            OutputKind.Flag => new DataField<bool>(column.Name),
            OutputKind.Whole => new DataField<long>(column.Name),
            _ => (DataField)new DataField<string>(column.Name),
        })];
        _values = [.. columns.Select(column => column.Kind switch
        {
            OutputKind.Number => new float[RowsOfGroup],
            OutputKind.Flag => new bool[RowsOfGroup],
            OutputKind.Whole => new long[RowsOfGroup],
            _ => (Array)new string[RowsOfGroup],
        })];
        _writer = ParquetWriter.CreateAsync(new ParquetSchema(_fields), stream).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override void Write(OutputBlock block)
    {
        if (_rows + block.Count > RowsOfGroup)
            WriteGroup();
        for (int c = 0; c < _fields.Length; c++)
            Array.Copy(block.Values[c], 0, _values[c], _rows, block.Count);
        _rows += block.Count;
    }

    private void WriteGroup()
    {
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        for (int c = 0; c < _fields.Length; c++)
        {
            switch (_columns[c].Kind)
            {
                case OutputKind.Number:
                    group.WriteAsync<float>(_fields[c], ((float[])_values[c]).AsMemory(0, _rows)).GetAwaiter().GetResult();
                    break;
                case OutputKind.Whole:
                    group.WriteAsync<long>(_fields[c], ((long[])_values[c]).AsMemory(0, _rows)).GetAwaiter().GetResult();
                    break;
                case OutputKind.Flag:
                    group.WriteAsync<bool>(_fields[c], ((bool[])_values[c]).AsMemory(0, _rows)).GetAwaiter().GetResult();
                    break;
                default:
                    group.WriteAsync(_fields[c], new ArraySegment<string>((string[])_values[c], 0, _rows)).GetAwaiter().GetResult();
                    break;
            }
        }

        group.CompleteValidate();
        _rows = 0;
    }

    /// <inheritdoc/>
    public override void End()
    {
        if (_rows > 0)
            WriteGroup();
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
