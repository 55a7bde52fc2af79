using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="CostSensitiveSvmDetector"/>.</summary>
public class CostSensitiveSvmOptions : DetectorOptions, IKeepsRows
{
    /// <summary>What a row on the wrong side of the border costs, before the weight of its class, 1e-6 to 1e6.</summary>
    [SearchRange(0.01, 1000, IsLogarithmic = true)]
    public double Cost { get; set; } = 1;

    /// <summary>
    /// Weight of a known anomaly's cost in that of a normal row, 1e-6 to 1e6. Null balances the classes: both weigh n / (2 n_class), so that all
    /// anomalies together cost what all normal rows do.
    /// </summary>
    [SearchRange(1, 1000, IsLogarithmic = true)]
    public double? AnomalyWeight { get; set; }

    /// <summary>Factor of the squared distance in the kernel exp(-gamma |x - y|²), 1e-12 to 1e12. Null is 1 / (features x variance of all values of the scaled rows).</summary>
    [SearchRange(1e-4, 10, IsLogarithmic = true)]
    public double? Gamma { get; set; }

    /// <summary>The fit ends where no pair of rows violates the conditions of the optimum by more, 1e-9 to 1.</summary>
    public double Tolerance { get; set; } = 1e-3;

    /// <summary>
    /// Rows that are learned from at most, 4 to 40,000, half of them known anomalies at most: of more so many are drawn. A fit takes four bytes for the
    /// square of it.
    /// </summary>
    public int MaximumKeptRows { get; set; } = 5_000;

    /// <summary>
    /// Null solves the problem exactly on at most <see cref="MaximumKeptRows"/> rows. A number, 10 to 2,000, learns from all rows instead, by so many of them
    /// as landmarks (Nyström's approximation) and averaged stochastic descent: a fit takes the rows once, a score as many products as there are landmarks.
    /// </summary>
    public int? NumberOfLandmarks { get; set; }

    /// <summary>1: a border needs two sides.</summary>
    [JsonIgnore]
    public override int LeastAnomalies => 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Cost is >= 1e-6 and <= 1e6, nameof(Cost), Cost, "1e-6 to 1e6");
        Require(AnomalyWeight is null or (>= 1e-6 and <= 1e6), nameof(AnomalyWeight), AnomalyWeight, "null or 1e-6 to 1e6");
        Require(Gamma is null or (>= 1e-12 and <= 1e12), nameof(Gamma), Gamma, "null or 1e-12 to 1e12");
        Require(Tolerance is >= 1e-9 and <= 1, nameof(Tolerance), Tolerance, "1e-9 to 1");
        Require(MaximumKeptRows is >= 4 and <= 40_000, nameof(MaximumKeptRows), MaximumKeptRows, "4 to 40,000");
        Require(NumberOfLandmarks is null or (>= 10 and <= 2_000), nameof(NumberOfLandmarks), NumberOfLandmarks, "null or 10 to 2,000");
    }
}

[JsonSerializable(typeof(CostSensitiveSvmOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class CostSensitiveSvmOptionsJson : JsonSerializerContext;
