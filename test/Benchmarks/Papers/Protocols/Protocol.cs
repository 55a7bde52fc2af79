namespace Adversarial.Benchmarks;

/// <summary>How training and test rows are drawn and encoded.</summary>
/// <param name="Name">Such as "paper" or "strict".</param>
/// <param name="Words">The same for a reader.</param>
/// <param name="Prepare">Draws and encodes the rows for a seed.</param>
internal sealed record Protocol(string Name, string Words, Func<DataFolder, int, Trial> Prepare)
{
    /// <summary>Raised when the rows it draws change, so that older results no longer count.</summary>
    public int Version { get; init; } = 1;
}
