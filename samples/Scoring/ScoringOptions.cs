using System.ComponentModel.DataAnnotations;

namespace Scoring;

/// <summary>
/// Settings of the service, from the section "Scoring" of appsettings.json, from environment variables (<c>Scoring__Model</c>) or from the command line
/// (<c>--Scoring:MaximumRows 500</c>; <c>--model</c> for short).
/// </summary>
internal sealed class ScoringOptions
{
    public const string Section = "Scoring";

    /// <summary>The model file: what <c>mlContext.Model.Save</c> or <c>adversarial train</c> wrote.</summary>
    [Required(ErrorMessage = "Name the model file: --model model.zip.")]
    public string Model { get; set; } = "";

    /// <summary>How often the file is looked at, in seconds.</summary>
    [Range(0.05, 3600)]
    public double PollSeconds { get; set; } = 1;

    /// <summary>The most rows of a request.</summary>
    [Range(1, 1_000_000)]
    public int MaximumRows { get; set; } = 10_000;

    /// <summary>The most bytes of a request's body.</summary>
    [Range(1024, 1 << 30)]
    public long MaximumBodyBytes { get; set; } = 16 << 20;

    /// <summary>Requests that are scored at a time; 0 takes two for each processor.</summary>
    [Range(0, 1024)]
    public int MaximumConcurrency { get; set; }

    /// <summary>Requests that wait beside those; further ones are told to come again (503).</summary>
    [Range(0, 100_000)]
    public int MaximumQueue { get; set; } = 1000;
}
