using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// An input schema with columns added: a column with the name of an input column stands directly after it and hides it, the
/// others stand at the end.
/// </summary>
internal sealed class OutputColumns
{
    private readonly int[] _map;

    internal OutputColumns(DataViewSchema input, DataViewSchema.DetachedColumn[] added)
    {
        Input = input;
        var after = new List<int>[input.Count];
        var atEnd = new List<int>();
        for (int i = 0; i < added.Length; i++)
        {
            if (input.TryGetColumnIndex(added[i].Name, out int hidden))
                (after[hidden] ??= []).Add(i);
            else
                atEnd.Add(i);
        }

        var map = new List<int>();
        for (int i = 0; i < input.Count; i++)
        {
            map.Add(i);
            foreach (int j in after[i] ?? [])
                map.Add(~j);
        }

        map.AddRange(atEnd.Select(j => ~j));
        _map = map.ToArray();

        var builder = new DataViewSchema.Builder();
        foreach (int source in _map)
            builder.AddColumns([source >= 0 ? new DataViewSchema.DetachedColumn(input[source]) : added[~source]]);
        Schema = builder.ToSchema();
        AddedCount = added.Length;
    }

    internal DataViewSchema Input { get; }

    internal DataViewSchema Schema { get; }

    internal int AddedCount { get; }

    /// <summary>Where the column comes from: an index of the input, or of the added columns.</summary>
    internal (bool IsInput, int Index) Source(int column)
    {
        if ((uint)column >= (uint)_map.Length)
            throw Errors.Param(nameof(column), "The column is not of this schema");
        int source = _map[column];
        return source >= 0 ? (true, source) : (false, ~source);
    }

    /// <summary>Splits the wanted output columns into wanted input columns and wanted added columns.</summary>
    internal void Split(IEnumerable<DataViewSchema.Column> wanted, out bool[] input, out bool[] added)
    {
        input = new bool[Input.Count];
        added = new bool[AddedCount];
        foreach (DataViewSchema.Column column in wanted ?? [])
        {
            (bool isInput, int index) = Source(column.Index);
            (isInput ? input : added)[index] = true;
        }
    }
}
