using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="GaussianMixtureDetector"/>.</summary>
public class GaussianMixtureOptions : DetectorOptions, IKeepsRows
{
    /// <summary>Components of the mixture, 1 to 256; fewer where there are less than ten training rows, or less than one different row, for each.</summary>
    [SearchRange(1, 16, IsLogarithmic = true)]
    public int NumberOfComponents { get; set; } = 4;

    /// <summary>What is added to the variance of each scaled feature, 1e-9 to 1e6: no component gets narrower.</summary>
    [SearchRange(1e-6, 0.1, IsLogarithmic = true)]
    public double Regularization { get; set; } = 1e-3;

    /// <summary>Iterations of expectation maximisation at most, 1 to 100,000.</summary>
    public int MaximumNumberOfIterations { get; set; } = 100;

    /// <summary>Iterations end when the mean log-likelihood of a row grows by less, at least 0.</summary>
    public double Tolerance { get; set; } = 1e-3;

    /// <summary>Training rows that are learned from at most, 2 to 10,000,000: of more so many are drawn.</summary>
    public int MaximumKeptRows { get; set; } = 200_000;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(NumberOfComponents is >= 1 and <= 256, nameof(NumberOfComponents), NumberOfComponents, "1 to 256");
        Require(Regularization is >= 1e-9 and <= 1e6, nameof(Regularization), Regularization, "1e-9 to 1e6");
        Require(MaximumNumberOfIterations is >= 1 and <= 100_000, nameof(MaximumNumberOfIterations), MaximumNumberOfIterations, "1 to 100,000");
        Require(double.IsFinite(Tolerance) && Tolerance >= 0, nameof(Tolerance), Tolerance, "a finite number, at least 0");
        Require(MaximumKeptRows is >= 2 and <= 10_000_000, nameof(MaximumKeptRows), MaximumKeptRows, "2 to 10,000,000");
    }
}

[JsonSerializable(typeof(GaussianMixtureOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class GaussianMixtureOptionsJson : JsonSerializerContext;
