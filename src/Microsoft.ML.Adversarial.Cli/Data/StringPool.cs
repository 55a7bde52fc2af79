namespace Microsoft.ML.Adversarial.Cli;

/// <summary>One string for all cells of a column that are equal, as long as they are few: categories repeat.</summary>
internal sealed class StringPool
{
    private const int Slots = 1024;

    private readonly string?[] _slots = new string?[Slots];

    public string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return "";
        ref string? slot = ref _slots[string.GetHashCode(text) & (Slots - 1)];
        if (slot is null || !text.SequenceEqual(slot))
            slot = text.ToString();
        return slot;
    }
}
