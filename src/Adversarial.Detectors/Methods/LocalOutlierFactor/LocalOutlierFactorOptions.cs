using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="LocalOutlierFactorDetector"/>.</summary>
public class LocalOutlierFactorOptions : DetectorOptions, IKeepsRows
{
    /// <summary>Neighbours that make a row's density, 1 to 1000; fewer where the model keeps no more rows. More than there are rows in the smallest normal group blur it.</summary>
    [SearchRange(5, 100, IsLogarithmic = true)]
    public int NumberOfNeighbors { get; set; } = 20;

    /// <summary>Training rows that the model keeps at most, 2 to 1,000,000: of more so many are drawn. Time of a score and size of the model grow with it.</summary>
    public int MaximumKeptRows { get; set; } = 10_000;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(NumberOfNeighbors is >= 1 and <= 1000, nameof(NumberOfNeighbors), NumberOfNeighbors, "1 to 1000");
        Require(MaximumKeptRows is >= 2 and <= 1_000_000, nameof(MaximumKeptRows), MaximumKeptRows, "2 to 1,000,000");
    }
}

[JsonSerializable(typeof(LocalOutlierFactorOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class LocalOutlierFactorOptionsJson : JsonSerializerContext;
