namespace Adversarial.Numerics;

/// <summary>
/// Ranges of columns that belong together, each the indicators of one categorical feature, in a matrix of so many columns. Immutable.
/// </summary>
public sealed class ColumnGroups
{
    private readonly (int Start, int Length)[] _groups;
    private readonly (int Start, int Length)[] _others;

    /// <summary>Takes the groups in ascending order.</summary>
    /// <param name="width">The number of columns of the matrix.</param>
    /// <param name="groups">First column and number of columns of each group.</param>
    /// <exception cref="ArgumentException">
    /// A group has fewer than two columns (a category without an alternative is no choice), lies outside the matrix, or begins before the
    /// end of the group before it.
    /// </exception>
    public ColumnGroups(int width, params ReadOnlySpan<(int Start, int Length)> groups)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        List<(int, int)> others = [];
        int end = 0;
        foreach ((int start, int length) in groups)
        {
            Guard.Same(length >= 2, $"The group of columns at {start} has {length} columns; a choice takes two.");
            Guard.Same(start >= end, $"The group of columns at {start} begins before column {end}, where the one before it ends.");
            Guard.Same(length <= width - start, $"The group of {length} columns at {start} ends outside the {width} columns.");
            if (start > end)
                others.Add((end, start - end));
            end = start + length;
        }

        if (end < width)
            others.Add((end, width - end));
        Width = width;
        _groups = groups.ToArray();
        _others = [.. others];
    }

    /// <summary>The number of columns of the matrix.</summary>
    public int Width { get; }

    /// <summary>First column and number of columns of each group, ascending.</summary>
    public ReadOnlySpan<(int Start, int Length)> Groups => _groups;

    /// <summary>First column and number of columns of the stretches that belong to no group, ascending.</summary>
    public ReadOnlySpan<(int Start, int Length)> Others => _others;
}
