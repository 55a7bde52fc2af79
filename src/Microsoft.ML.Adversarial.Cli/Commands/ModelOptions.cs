using System.CommandLine;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Options of the verbs that use a model.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> _model = new("--model", "-m") { Description = "The model: a file that 'adversarial train' wrote, or ML.NET with one of this library's detectors in it.", HelpName = "FILE", Required = true };

    /// <summary>Another threshold than the model's.</summary>
    public static Option<float?> Threshold() => new("--threshold") { CustomParser = NumberOption.Optional<float>, Description = "Rows with a score above it are anomalies; by default what the model says.", HelpName = "SCORE" };

    /// <summary>What is said of rows with missing values.</summary>
    public static Option<MissingChoice?> Missing() => new("--missing-values")
    {
        Description = "Rows with a missing or infinite number: anomaly flags them, normal does not, error ends the program with their place.",
        HelpName = "anomaly|normal|error",
    };

    /// <summary>The option.</summary>
    public Option Option => _model;

    /// <summary>The path that was given.</summary>
    public string PathOf(ParseResult parse) => parse.GetRequiredValue(_model);

    /// <summary>Loads the model.</summary>
    /// <exception cref="UserError">It is missing, damaged, or holds no detector.</exception>
    public DetectorModel Load(ParseResult parse) => DetectorModel.Load(PathOf(parse));

    /// <summary>The library's word for a choice.</summary>
    public static MissingValueHandling? Handling(MissingChoice? choice) => choice switch
    {
        null => null,
        MissingChoice.Normal => MissingValueHandling.NotAnomaly,
        MissingChoice.Error => MissingValueHandling.Throw,
        _ => MissingValueHandling.Anomaly,
    };
}

/// <summary>What is said of rows with missing values.</summary>
internal enum MissingChoice
{
    /// <summary>They are anomalies.</summary>
    Anomaly,

    /// <summary>They are not.</summary>
    Normal,

    /// <summary>They are an error.</summary>
    Error,
}
