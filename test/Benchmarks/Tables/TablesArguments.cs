using System.Globalization;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>What "tables" is told.</summary>
internal sealed record TablesArguments
{
    public const string Usage =
        "usage: Benchmarks tables --data FOLDER [--output FOLDER] [--methods A,B] [--sets A,B] [--seeds N] [--threads N] [--set Option=Value]...\n" +
        "Each method on each table (NAME.csv.gz, numbers, last column label): 70 % of the normal rows train, the others and all anomalies test; a line of\n" +
        "results.csv as soon as a run is done, and runs that have a line are left out; README.md is written from it. --set changes an option of every method that has it, and names the runs.";

    public required string Data { get; init; }

    /// <summary>Where results are kept; null is docs/tables.</summary>
    public string? Output { get; init; }

    public IReadOnlyList<DetectorDescriptor> Methods { get; init; } = DetectorRegistry.All;

    public IReadOnlyList<string> Sets { get; init; } = [];

    public int Seeds { get; init; } = 3;

    public int Threads { get; init; } = 1;

    /// <summary>Options by name, as text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Changes { get; init; } = [];

    public static TablesArguments? Parse(string[] args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var changes = new List<KeyValuePair<string, string>>();
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            if (args[i] == "--set" && args[i + 1].Split('=', 2) is [var name, var value])
                changes.Add(new(name, value));
            else
                values[args[i]] = args[i + 1];
        }

        if (args.Length % 2 != 0 || !values.TryGetValue("--data", out string? data) || !Directory.Exists(data))
            return null;
        var arguments = new TablesArguments { Data = data, Changes = changes };
        foreach ((string name, string value) in values)
        {
            arguments = name switch
            {
                "--data" => arguments,
                "--output" => arguments with { Output = value },
                "--methods" => arguments with { Methods = [.. value.Split(',').Select(DetectorRegistry.Get)] },
                "--sets" => arguments with { Sets = value.Split(',') },
                "--seeds" => arguments with { Seeds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--threads" => arguments with { Threads = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"There is no option {name}.\n{Usage}"),
            };
        }

        return arguments;
    }
}
