namespace Microsoft.ML.Adversarial;

/// <summary>What the generated rows hold in one column, at one place of the pipeline.</summary>
internal abstract class ColumnValues
{
    /// <summary>Index of a category that stands for a missing value.</summary>
    public const int Missing = -1;
}

/// <summary>Numbers, one or several slots a row.</summary>
/// <param name="width">Slots of a row, at least 1.</param>
/// <param name="rows">The numbers, row by row.</param>
/// <param name="low">The least value of each slot in the training rows.</param>
/// <param name="high">The greatest value of each slot in the training rows.</param>
internal sealed class NumberValues(int width, double[] rows, double[] low, double[] high) : ColumnValues
{
    public int Width => width;

    public double[] Rows => rows;

    public double[] Low => low;

    public double[] High => high;

    /// <summary>The same rows with some of the slots, in the order given.</summary>
    public NumberValues Select(int[] slots)
    {
        double[] Of(double[] values) => [.. Enumerable.Range(0, values.Length / width).SelectMany(row => slots.Select(slot => values[row * width + slot]))];
        return new NumberValues(slots.Length, Of(rows), Of(low), Of(high));
    }
}

/// <summary>Categories, one a row, by their index from 0.</summary>
internal sealed class CategoryValues(int[] categories) : ColumnValues
{
    public int[] Categories => categories;
}

/// <summary>Values out of a list, one a row, in their written form.</summary>
/// <param name="categories">Index of each row's value in the list, or <see cref="ColumnValues.Missing"/>.</param>
/// <param name="terms">The list, numbers in the invariant culture.</param>
internal sealed class TermValues(int[] categories, string[] terms) : ColumnValues
{
    public int[] Categories => categories;

    /// <summary>The value of a row; empty where it is missing.</summary>
    public string this[int row] => categories[row] < 0 ? "" : terms[categories[row]];
}

/// <summary>A column at one place of the pipeline, and what the generated rows hold in it.</summary>
/// <param name="Column">Its name, type and annotations.</param>
/// <param name="Values">The rows.</param>
internal readonly record struct SpaceColumn(DataViewSchema.Column Column, ColumnValues Values);
