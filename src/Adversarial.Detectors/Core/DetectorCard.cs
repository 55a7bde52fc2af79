namespace Adversarial.Detectors;

/// <summary>How a method uses labels.</summary>
public enum LabelUse
{
    /// <summary>Trains on rows that are taken to be normal; labels at most select them.</summary>
    None,

    /// <summary>Can use some rows labelled anomalous where an option says so.</summary>
    Optional,

    /// <summary>Needs some rows labelled anomalous.</summary>
    FewAnomalies,
}

/// <summary>What a user should know of a method before choosing it.</summary>
public sealed record DetectorCard
{
    /// <summary>The method's name as its paper writes it.</summary>
    public required string Name { get; init; }

    /// <summary>Title of the paper.</summary>
    public required string Paper { get; init; }

    /// <summary>Year of the paper.</summary>
    public required int Year { get; init; }

    /// <summary>Where the paper is found: a DOI or an arXiv number.</summary>
    public required string Reference { get; init; }

    /// <summary>What the method is for.</summary>
    public required string Task { get; init; }

    /// <summary>How it uses labels.</summary>
    public required LabelUse Labels { get; init; }

    /// <summary>What it needs of the features' scale.</summary>
    public required string Scaling { get; init; }

    /// <summary>Cost of a training step and of scoring a row.</summary>
    public required string Complexity { get; init; }

    /// <summary>When it fails.</summary>
    public required string KnownFailure { get; init; }

    /// <summary>The method's page, relative to the repository's root.</summary>
    public required string Readme { get; init; }

    /// <summary>Conformance checks it does not pass, by name, or for one variant by name and "(variant)", each with the reason.</summary>
    public IReadOnlyDictionary<string, string> SkippedChecks { get; init; } = new Dictionary<string, string>();
}
