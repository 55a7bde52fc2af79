using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A column of a text: its type, and the fields of a line that it is made of.</summary>
internal sealed class TextColumn
{
    private TextColumn(string name, DataViewType type, int[] fields)
    {
        Name = name;
        Type = type;
        Fields = fields;
    }

    internal string Name { get; }

    internal DataViewType Type { get; }

    internal int[] Fields { get; }

    internal static TextColumn[] Bind(TextLoader.Options options, TextFormat format, IMultiStreamSource dataSample)
    {
        TextLoader.Column[] columns = options.Columns is { Length: > 0 } given ? given : DefaultColumns();
        var bound = new TextColumn[columns.Length];
        int? size = options.InputSize;
        for (int i = 0; i < bound.Length; i++)
        {
            TextLoader.Column column = columns[i];
            Errors.CheckParam(!string.IsNullOrWhiteSpace(column.Name), nameof(column.Name), "Must not be empty");
            Errors.CheckParam(column.Source is { Length: > 0 }, nameof(column.Source), "Must specify some source column indices");
            var fields = new List<int>();
            foreach (TextLoader.Range range in column.Source)
            {
                Errors.CheckParam(range.Min >= 0, nameof(range.Min), "Must be non-negative");
                int max = range.Max ?? (size ??= CountFields(format, dataSample)) - 1;
                Errors.CheckParam(max >= range.Min, nameof(range.Max), "Must be greater than or equal to min");
                fields.AddRange(Enumerable.Range(range.Min, max - range.Min + 1));
            }

            PrimitiveDataViewType item = column.DataKind.ToPrimitive();
            if (column.KeyCount != null)
                item = new KeyDataViewType(item.RawType, column.KeyCount.Count ?? MemberTypes.MaxKeyCount(item.RawType));
            bool isVector = fields.Count > 1 || column.Source.Any(range => range.ForceVector || range.AutoEnd);
            bound[i] = new TextColumn(column.Name, isVector ? new VectorDataViewType(item, fields.Count) : item, fields.ToArray());
        }

        return bound;
    }

    internal static DataViewSchema MakeSchema(IEnumerable<TextColumn> columns, string[] header)
    {
        var builder = new DataViewSchema.Builder();
        foreach (TextColumn column in columns)
            builder.AddColumn(column.Name, column.Type, column.SlotNames(header));
        return builder.ToSchema();
    }

    private static TextLoader.Column[] DefaultColumns() =>
        [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, [new TextLoader.Range(1, null)])];

    /// <summary>The number of fields of the longest of the first lines.</summary>
    private static int CountFields(TextFormat format, IMultiStreamSource sample)
    {
        const int Lines = 100;
        int count = 0;
        if (sample != null)
        {
            using var lines = new TextLines(sample, format, skipHeader: format.HasHeader);
            var fields = new TextFields(format, int.MaxValue);
            for (int i = 0; i < Lines && lines.MoveNext(); i++)
            {
                fields.Parse(lines.Buffer, lines.Start, lines.Length);
                count = Math.Max(count, fields.Count);
            }
        }

        Errors.CheckParam(count > 0, "Source", "Can't determine the number of source columns without valid data");
        return count;
    }

    private DataViewSchema.Annotations SlotNames(string[] header)
    {
        if (header == null || Type is not VectorDataViewType)
            return null;
        ReadOnlyMemory<char>[] names = Array.ConvertAll(Fields, i => (i < header.Length ? header[i] : "").AsMemory());
        if (names.All(name => name.IsEmpty))
            return null;
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddSlotNames(names.Length,
            (ref VBuffer<ReadOnlyMemory<char>> value) => VBuffer<ReadOnlyMemory<char>>.Copy(names, 0, ref value, names.Length));
        return builder.ToAnnotations();
    }
}
