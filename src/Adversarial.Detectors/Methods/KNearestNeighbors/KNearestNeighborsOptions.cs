using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="KNearestNeighborsDetector"/>.</summary>
public class KNearestNeighborsOptions : DetectorOptions, IKeepsRows
{
    /// <summary>Neighbours whose distances are averaged, 1 to 1000; fewer where the model keeps no more rows.</summary>
    [SearchRange(1, 50, IsLogarithmic = true)]
    public int NumberOfNeighbors { get; set; } = 5;

    /// <summary>Training rows that the model keeps at most, 2 to 1,000,000: of more so many are drawn. Time of a score and size of the model grow with it.</summary>
    public int MaximumKeptRows { get; set; } = 20_000;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(NumberOfNeighbors is >= 1 and <= 1000, nameof(NumberOfNeighbors), NumberOfNeighbors, "1 to 1000");
        Require(MaximumKeptRows is >= 2 and <= 1_000_000, nameof(MaximumKeptRows), MaximumKeptRows, "2 to 1,000,000");
    }
}

[JsonSerializable(typeof(KNearestNeighborsOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class KNearestNeighborsOptionsJson : JsonSerializerContext;
