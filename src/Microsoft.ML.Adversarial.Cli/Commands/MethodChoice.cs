using System.CommandLine;
using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Options that choose a method and set its options.</summary>
internal sealed class MethodChoice
{
    private const string Default = "Committee";

    private readonly Option<string> _method = new("--method")
    {
        Description = $"The method: {string.Join(", ", DetectorRegistry.All.Select(method => method.Name))}. The committee is right on most tables.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Default,
    };

    private readonly Option<string[]> _options = new("--option") { Description = "An option of the method; may be given again and again. 'adversarial inspect --method NAME' lists them.", HelpName = "Name=Value" };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of all random numbers: equal seeds and rows give equal models.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<double?> _contamination = new("--contamination") { CustomParser = NumberOption.Optional<double>, Description = "The share of the normal training rows that the threshold may flag, in [0, 0.5]; by default 0.05.", HelpName = "SHARE" };
    private readonly Option<double?> _rate = new("--false-alarm-rate") { CustomParser = NumberOption.Optional<double>, Description = "The threshold such that a new normal row exceeds it with at most this probability, in (0, 0.5]; takes held-out rows, and adds a column FalseAlarmRate.", HelpName = "RATE" };

    /// <summary>All of them.</summary>
    public Option[] All => [_method, _options, _seed, _contamination, _rate];

    /// <summary>The seed.</summary>
    public int Seed(ParseResult parse) => parse.GetValue(_seed);

    /// <summary>Whether a share to flag was given.</summary>
    public bool ChoosesThreshold(ParseResult parse) => parse.GetValue(_contamination) is not null;

    /// <summary>The method with its options.</summary>
    /// <exception cref="UserError">There is no such method or option, a value is out of its range, or two options choose the threshold.</exception>
    public (DetectorDescriptor Method, DetectorOptions Options) Of(ParseResult parse)
    {
        if (parse.GetValue(_contamination) is not null && parse.GetValue(_rate) is not null)
            throw new UserError("--contamination and --false-alarm-rate each choose the threshold: give one of them.");
        DetectorDescriptor method = MethodOptions.Method(parse.GetRequiredValue(_method));
        DetectorOptions options = MethodOptions.Create(method, parse.GetValue(_options) ?? []);
        options.Seed ??= Seed(parse);
        options.Contamination = parse.GetValue(_contamination) ?? options.Contamination;
        options.FalseAlarmRate = parse.GetValue(_rate) ?? options.FalseAlarmRate;
        UserError.Of(options.Validate);
        return (method, options);
    }
}
