namespace Adversarial.Detectors;

/// <summary>Options of a method that learns from so many rows at most, however many there are in memory.</summary>
internal interface IKeepsRows
{
    /// <summary>The most rows.</summary>
    int MaximumKeptRows { get; set; }
}
