using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>A Parquet file of flat columns, one row group in memory at a time.</summary>
internal sealed class ParquetSource : TableSource
{
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;
    private readonly string[] _names;
    private ColumnRequest[] _columns = [];
    private int[] _places = [];
    private Array[] _values = [];
    private int _group;
    private int _inGroup;
    private int _rowsOfGroup;
    private long _row = 1;

    /// <exception cref="UserError">It is no Parquet file, or has nested columns only.</exception>
    public ParquetSource(Stream stream, string name)
    {
        Name = name;
        try
        {
            _reader = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new UserError($"{name} is no Parquet file, or a damaged one: {failure.Message}", failure);
        }

        _fields = [.. _reader.Schema.GetDataFields().Where(field => !field.IsArray && field.Path.Length == 1)];
        _names = [.. _fields.Select(field => field.Name)];
        if (_fields.Length == 0)
            throw new UserError($"{name} has no column of single values: lists and nested columns are not read.");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ColumnNames => _names;

    /// <inheritdoc/>
    public override CellKind? KindOf(string column) => IsText(FieldOf(column)) ? CellKind.Text : CellKind.Number;

    /// <inheritdoc/>
    public override bool IsBoolean(string column) => FieldOf(column).ClrType == typeof(bool);

    private static bool IsText(DataField field) => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    private DataField FieldOf(string column) => _fields[IndexOf(column)];

    protected override void Select(IReadOnlyList<ColumnRequest> columns, int[] places, bool keepLines)
    {
        _columns = [.. columns];
        _places = places;
    }

    /// <inheritdoc/>
    public override bool Fill(RowBlock block)
    {
        block.FirstRow = _row;
        block.Count = 0;
        while (_inGroup == _rowsOfGroup)
        {
            if (_group == _reader.RowGroupCount)
                return false;
            ReadGroup();
        }

        int count = Math.Min(RowBlock.Capacity, _rowsOfGroup - _inGroup);
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].Kind == CellKind.Number)
                Array.Copy(_values[i], _inGroup, block.Numbers[i], 0, count);
            else
                Array.Copy(_values[i], _inGroup, block.Texts[i], 0, count);
        }

        _inGroup += count;
        _row += count;
        block.Count = count;
        return true;
    }

    private void ReadGroup()
    {
        using ParquetRowGroupReader group = _reader.OpenRowGroupReader(_group++);
        _rowsOfGroup = checked((int)group.RowCount);
        _inGroup = 0;
        _values = new Array[_columns.Length];
        for (int i = 0; i < _columns.Length; i++)
            _values[i] = Read(group, _fields[_places[i]], _columns[i]);
    }

    private Array Read(ParquetRowGroupReader group, DataField field, ColumnRequest column)
    {
        Type type = field.ClrType;
        if (IsText(field))
        {
            var texts = new string?[_rowsOfGroup];
            group.ReadAsync(field, texts).AsTask().GetAwaiter().GetResult();
            return column.Kind == CellKind.Text ? Array.ConvertAll(texts, text => text ?? "") : Numbers(texts, column.Name);
        }

        double?[] values =
            type == typeof(bool) ? Convert<bool>(group, field, value => value ? 1 : 0)
            : type == typeof(float) ? Convert<float>(group, field, value => value)
            : type == typeof(double) ? Convert<double>(group, field, value => value)
            : type == typeof(int) ? Convert<int>(group, field, value => value)
            : type == typeof(long) ? Convert<long>(group, field, value => value)
            : type == typeof(short) ? Convert<short>(group, field, value => value)
            : type == typeof(byte) ? Convert<byte>(group, field, value => value)
            : type == typeof(sbyte) ? Convert<sbyte>(group, field, value => value)
            : type == typeof(ushort) ? Convert<ushort>(group, field, value => value)
            : type == typeof(uint) ? Convert<uint>(group, field, value => value)
            : type == typeof(ulong) ? Convert<ulong>(group, field, value => value)
            : type == typeof(decimal) ? Convert<decimal>(group, field, value => (double)value)
            : throw new UserError($"{Name}, column '{column.Name}' holds {type.Name}: numbers, Booleans and texts are read. Leave it out with --ignore-cols, or convert it.");
        return column.Kind == CellKind.Number
            ? Array.ConvertAll(values, value => value is { } number ? (float)number : float.NaN)
            : Array.ConvertAll(values, value => type == typeof(bool) && value is { } flag ? (flag != 0 ? "true" : "false") : value?.ToString(CultureInfo.InvariantCulture) ?? "");
    }

    private double?[] Convert<T>(ParquetRowGroupReader group, DataField field, Func<T, double> convert)
        where T : struct
    {
        if (field.IsNullable)
        {
            var nullable = new T?[_rowsOfGroup];
            group.ReadAsync<T>(field, nullable.AsMemory()).AsTask().GetAwaiter().GetResult();
            return Array.ConvertAll(nullable, value => value is { } there ? convert(there) : (double?)null);
        }

        var values = new T[_rowsOfGroup];
        group.ReadAsync<T>(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
        return Array.ConvertAll(values, value => (double?)convert(value));
    }

    private float[] Numbers(string?[] texts, string column)
    {
        var numbers = new float[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            if (!Cell.TryNumber(texts[i], out numbers[i]))
                throw NoNumber(_row + i, column, texts[i]);
        }

        return numbers;
    }

    /// <inheritdoc/>
    public override void Dispose() => _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
