using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Writes a view of few rows.</summary>
internal static class ViewRows
{
    /// <param name="views">Views of the same rows, each with the columns of it that are written; a vector becomes a column for each slot.</param>
    /// <param name="stream">Where they go.</param>
    /// <param name="format">How.</param>
    public static void Write(IReadOnlyList<(IDataView View, string[] Columns)> views, Stream stream, RowFormat format)
    {
        List<(OutputColumn Column, Array Values)> all = [.. views.SelectMany(part => part.Columns.SelectMany(name => Read(part.View, part.View.Schema[name])))];
        using RowWriter writer = RowWriter.Create(stream, format, [.. all.Select(column => column.Column)]);
        var block = new OutputBlock(all.Count);
        int rows = all[0].Values.Length;
        for (int start = 0; start < rows; start += RowBlock.Capacity)
        {
            block.Count = Math.Min(RowBlock.Capacity, rows - start);
            for (int c = 0; c < all.Count; c++)
            {
                block.Values[c] = Array.CreateInstance(all[c].Values.GetType().GetElementType()!, block.Count);
                Array.Copy(all[c].Values, start, block.Values[c], 0, block.Count);
            }

            writer.Format(block);
            writer.Write(block);
        }

        writer.End();
    }

    private static IEnumerable<(OutputColumn, Array)> Read(IDataView view, DataViewSchema.Column column)
    {
        if (column.Type is BooleanDataViewType)
            return [(new OutputColumn(column.Name, OutputKind.Flag), view.GetColumn<bool>(column).ToArray())];
        if (column.Type is TextDataViewType)
            return [(new OutputColumn(column.Name, OutputKind.Text), view.GetColumn<ReadOnlyMemory<char>>(column).Select(text => text.ToString()).ToArray())];
        if (column.Type == NumberDataViewType.Single)
            return [(new OutputColumn(column.Name, OutputKind.Number), view.GetColumn<float>(column).ToArray())];
        if (column.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single)
        {
            float[][] rows = [.. view.GetColumn<float[]>(column)];
            return Enumerable.Range(0, vector.Size).Select(slot => (new OutputColumn($"{column.Name}[{slot}]", OutputKind.Number), (Array)Array.ConvertAll(rows, row => row[slot])));
        }

        return [(new OutputColumn(column.Name, OutputKind.Text), Texts(view, column))];
    }

    // Whatever else there is, as a text.
    private static string[] Texts(IDataView view, DataViewSchema.Column column) => column.Type.RawType == typeof(double) ? Texts<double>(view, column)
        : column.Type.RawType == typeof(int) ? Texts<int>(view, column)
        : column.Type.RawType == typeof(long) ? Texts<long>(view, column)
        : column.Type.RawType == typeof(uint) ? Texts<uint>(view, column)
        : throw new UserError($"Column '{column.Name}' of type {column.Type} cannot be written to a file: generate with ML.NET.");

    private static string[] Texts<T>(IDataView view, DataViewSchema.Column column) =>
        [.. view.GetColumn<T>(column).Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
}
