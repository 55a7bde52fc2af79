namespace Microsoft.ML.Adversarial;

/// <summary>ML.NET hands over what an object of a caller's class holds, whatever size the column's type promises: each row is checked.</summary>
internal static class RowLength
{
    /// <summary>Refuses a row that is shorter or longer than its type.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="size">The size that the column's type promises.</param>
    /// <param name="length">The row's length; an array that is null has 0.</param>
    /// <param name="position">The row's position in its cursor.</param>
    /// <exception cref="InvalidOperationException">The two differ; the message names row, column and both.</exception>
    public static void Require(string column, int size, int length, long position)
    {
        if (length == size)
            return;
        string empty = length == 0 ? " (the array is empty or null)" : "";
        throw new InvalidOperationException(
            $"Row {position} of column '{column}' has {length} values{empty} where the column's type promises {size}: give each row as many values as the type says.");
    }
}
