namespace Adversarial.Numerics;

/// <summary>
/// One row of a categorical sample and of its way back. The functions run over the whole row in vectors; only sums and maxima, which belong
/// to a group, are taken column by column: most groups are narrower than a vector.
/// </summary>
internal static unsafe class CategoryRows
{
    /// <param name="x">The logits.</param>
    /// <param name="noise">Uniform numbers, or null for none.</param>
    /// <param name="y">The result, of which the columns outside every group are to be overwritten.</param>
    /// <param name="maxima">Scratch, one element a column.</param>
    /// <param name="groups">The groups and the number of columns.</param>
    /// <param name="scale">One over the temperature.</param>
    public static void Sample(float* x, float* noise, float* y, float* maxima, ColumnGroups groups, float scale)
    {
        int columns = groups.Width;
        if (noise == null)
            Map.Run(Row(x, null, y, columns), new ScaleOperator(scale));
        else
            Map.Run(Row(x, noise, y, columns), new GumbelOperator(scale));
        Span<float> row = new(y, columns), largest = new(maxima, columns);
        row.CopyTo(largest);
        foreach ((int start, int length) in groups.Groups)
        {
            float max = row[start];
            foreach (float value in row.Slice(start + 1, length - 1))
                max = MathF.Max(max, value);
            largest.Slice(start, length).Fill(max);
        }

        Map.Run(Row(y, maxima, y, columns), default(ExpDifference));
        foreach ((int start, int length) in groups.Groups)
        {
            float sum = 0;
            foreach (float value in row.Slice(start, length))
                sum += value;
            foreach (ref float value in row.Slice(start, length))
                value /= sum;
        }
    }

    /// <param name="y">The sample.</param>
    /// <param name="dy">Its gradient.</param>
    /// <param name="dx">The result.</param>
    /// <param name="sums">Scratch, one element a column.</param>
    /// <param name="factors">One over the temperature in the groups, else 1.</param>
    /// <param name="groups">The groups and the number of columns.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    public static void Gradient(float* y, float* dy, float* dx, float* sums, float* factors, ColumnGroups groups, bool accumulate)
    {
        int columns = groups.Width;

        // Outside the groups dy (1 - y) y is the same formula with a sum of this one product.
        Map.Run(Row(dy, y, sums, columns), default(MultiplyOperator));
        Span<float> row = new(sums, columns);
        foreach ((int start, int length) in groups.Groups)
        {
            float sum = 0;
            foreach (float value in row.Slice(start, length))
                sum += value;
            row.Slice(start, length).Fill(sum);
        }

        Map.Run(Row(dy, y, sums, columns), default(ResidualOperator));
        if (accumulate)
            Map.Run(Row(sums, factors, dx, columns), new Accumulated<MultiplyOperator>(default));
        else
            Map.Run(Row(sums, factors, dx, columns), default(MultiplyOperator));
    }

    private static MapArguments Row(float* x, float* y, float* result, int columns) => new()
    {
        X = x,
        XRow = columns,
        Y = y,
        YRow = columns,
        Result = result,
        ResultRow = columns,
        Rows = 1,
        Columns = columns,
    };
}
