using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="IsolationForestDetector"/>.</summary>
public class IsolationForestOptions : DetectorOptions
{
    /// <summary>Trees of the forest, 1 to 10,000. Scores of more trees vary less from seed to seed.</summary>
    [SearchRange(50, 500, IsLogarithmic = true)]
    public int NumberOfTrees { get; set; } = 100;

    /// <summary>Training rows that a tree is grown on, drawn without replacement, 2 to 1,000,000; all rows where there are fewer.</summary>
    [SearchRange(64, 2048, IsLogarithmic = true)]
    public int NumberOfRowsPerTree { get; set; } = 256;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(NumberOfTrees is >= 1 and <= 10_000, nameof(NumberOfTrees), NumberOfTrees, "1 to 10,000");
        Require(NumberOfRowsPerTree is >= 2 and <= 1_000_000, nameof(NumberOfRowsPerTree), NumberOfRowsPerTree, "2 to 1,000,000");
    }
}

[JsonSerializable(typeof(IsolationForestOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class IsolationForestOptionsJson : JsonSerializerContext;
