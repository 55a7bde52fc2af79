namespace Microsoft.ML.Adversarial.Cli;

/// <summary>What a column is taken for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Numbers or categories.</param>
/// <param name="IsBoolean">Whether it holds true and false, in words or by the file's type, and no row is without.</param>
/// <param name="HasDecimalCommas">Whether all of it would be numbers if commas were decimal points.</param>
/// <param name="NoNumber">Where nearly all of it is numbers, the first cell that is none; else null.</param>
internal sealed record InferredColumn(string Name, CellKind Kind, bool IsBoolean, bool HasDecimalCommas = false, (int Row, string Text)? NoNumber = null);

/// <summary>Finds out what the columns of a file are by its first rows: numbers where all that is there are numbers, else texts.</summary>
internal static class ColumnInference
{
    // Of so many cells so few may be a slip of who wrote them; more are categories, such as 0, 1, 2, 3+.
    private const int LeastCells = 20;
    private const double SlipShare = 0.05;

    /// <param name="file">The file; it is opened and closed.</param>
    /// <param name="textColumns">Columns that are texts whatever they hold.</param>
    /// <exception cref="UserError">There is no row, or a column is missing.</exception>
    public static IReadOnlyList<InferredColumn> Run(TableFile file, IReadOnlyCollection<string> textColumns)
    {
        using TableSource source = file.Open();
        foreach (string column in textColumns)
            source.IndexOf(column);
        string[] names = [.. source.ColumnNames];
        if (source.KindOf(names[0]) is not null)
        {
            return [.. names.Select(name => new InferredColumn(name, textColumns.Contains(name) ? CellKind.Text : source.KindOf(name)!.Value, source.IsBoolean(name)))];
        }

        ColumnRequest[] all = Array.ConvertAll(names, name => new ColumnRequest(name, CellKind.Text));
        var block = new RowBlock(all);
        source.Select(all);
        if (!source.Fill(block))
            throw new UserError($"{source.Name} holds no rows, only {(names.Length == 1 ? "a name" : "names")}. If the first line is a row, say --has-header false.");
        return [.. names.Select((name, c) => Infer(name, block.Texts[c].AsSpan(0, block.Count), textColumns.Contains(name)))];
    }

    private static InferredColumn Infer(string name, ReadOnlySpan<string> cells, bool isText)
    {
        bool booleans = true, commas = !isText;
        int values = 0, others = 0, firstOther = -1;
        for (int r = 0; r < cells.Length; r++)
        {
            string cell = cells[r];
            booleans &= Cell.TryBoolean(cell, out _);
            bool isNumber = Cell.TryNumber(cell, out _);
            values += Cell.IsMissing(cell) ? 0 : 1;
            if (!isNumber && others++ == 0)
                firstOther = r;
            commas = commas && (isNumber || Cell.HasDecimalComma(cell));
        }

        bool numbers = others == 0 && values > 0;
        bool isSlip = !isText && others > 0 && values >= LeastCells && others <= SlipShare * values;
        return new InferredColumn(name, isText || !numbers ? CellKind.Text : CellKind.Number, booleans && !isText, commas && values > 0 && !numbers,
            isSlip ? (firstOther + 1, cells[firstOther]) : null);
    }
}
