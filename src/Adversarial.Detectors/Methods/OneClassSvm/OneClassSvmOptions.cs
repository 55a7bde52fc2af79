using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="OneClassSvmDetector"/>.</summary>
public class OneClassSvmOptions : DetectorOptions, IKeepsRows
{
    /// <summary>At most this share of the training rows lies outside the border, and at least this share supports it, in (0, 1].</summary>
    [SearchRange(0.01, 0.9, IsLogarithmic = true)]
    public double Nu { get; set; } = 0.5;

    /// <summary>Factor of the squared distance in the kernel exp(-gamma |x - y|²), 1e-12 to 1e12. Null is 1 / (features x variance of all values of the scaled training rows).</summary>
    [SearchRange(1e-4, 10, IsLogarithmic = true)]
    public double? Gamma { get; set; }

    /// <summary>The fit ends where no pair of rows violates the conditions of the optimum by more, 1e-9 to 1.</summary>
    public double Tolerance { get; set; } = 1e-3;

    /// <summary>Training rows that are learned from at most, 2 to 40,000: of more so many are drawn. A fit takes four bytes for the square of it.</summary>
    public int MaximumKeptRows { get; set; } = 5_000;

    /// <summary>
    /// Null solves the problem exactly on at most <see cref="MaximumKeptRows"/> rows. A number, 10 to 2,000, learns from all rows instead, by so many of them
    /// as landmarks (Nyström's approximation) and averaged stochastic descent: a fit takes the rows once, a score as many products as there are landmarks.
    /// </summary>
    public int? NumberOfLandmarks { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Nu is > 0 and <= 1, nameof(Nu), Nu, "in (0, 1]");
        Require(Gamma is null or (>= 1e-12 and <= 1e12), nameof(Gamma), Gamma, "null or 1e-12 to 1e12");
        Require(Tolerance is >= 1e-9 and <= 1, nameof(Tolerance), Tolerance, "1e-9 to 1");
        Require(MaximumKeptRows is >= 2 and <= 40_000, nameof(MaximumKeptRows), MaximumKeptRows, "2 to 40,000");
        Require(NumberOfLandmarks is null or (>= 10 and <= 2_000), nameof(NumberOfLandmarks), NumberOfLandmarks, "null or 10 to 2,000");
    }
}

[JsonSerializable(typeof(OneClassSvmOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class OneClassSvmOptionsJson : JsonSerializerContext;
