namespace Adversarial.Numerics;

/// <summary>
/// Neighbouring columns in groups of eight. Some columns are in two groups, with the same result, so that the last few need no slow way of
/// their own.
/// </summary>
internal readonly struct ColumnLanes(int first, int end)
{
    public const int Group = 8;
    public const int SumsOfGroup = 16;

    private readonly int _last = end - Group;

    public readonly int Groups = (end - first + Group - 1) / Group;

    /// <summary>The first column of a group.</summary>
    public int Column(int group) => Math.Min(first + group * Group, _last);

    /// <summary>Whether a group is the first of its cache line.</summary>
    public static bool IsNewLine(int group) => (group & 1) == 0;
}
