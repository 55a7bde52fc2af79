namespace Adversarial.Benchmarks;

/// <summary>A page of docs/papers: a paper's tables, or the comparison of all methods.</summary>
/// <param name="Name">Its file's name without the ending.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Introduction">What it shows and where the published figures stand.</param>
/// <param name="Metrics">The columns.</param>
/// <param name="Experiments">The rows; a table for each data set.</param>
/// <param name="Left">What of the paper is not here, and why; a point each.</param>
internal sealed record PaperPage(
    string Name, string Title, string Introduction, IReadOnlyList<Metric> Metrics, IReadOnlyList<Experiment> Experiments, IReadOnlyList<string> Left)
{
    /// <summary>Plus-minus in the published figures.</summary>
    public string PublishedSpread { get; init; } = "";

    /// <summary>Whether a last row has the means over a table's protocols, once all are measured.</summary>
    public bool HasMeans { get; init; }
}
