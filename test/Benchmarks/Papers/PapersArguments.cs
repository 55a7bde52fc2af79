using System.Globalization;

namespace Adversarial.Benchmarks;

/// <summary>What the command line of "papers" asks for.</summary>
internal sealed record PapersArguments
{
    public const string Usage = """
        usage: Benchmarks papers [--data FOLDER] [--only TEXT[,TEXT]] [--seeds N] [--threads N] [--output FOLDER] [--list] [--write-docs]
          --data FOLDER     the data sets' .csv.gz files; else the environment variable ADVERSARIAL_DATA
          --only TEXT       the run with this id, or else runs whose id contains one of the texts; ids are page/data/protocol/method, see --list
          --seeds N         seeds 1 to N, by default 5
          --first-seed N    leaves out seeds below N
          --threads N       threads of a run; the results do not depend on them, the times do
          --steps N         most steps of each phase: a trial of the program, kept apart from the real results
          --output FOLDER   results.csv and the pages, by default docs/papers
          --list            the runs and how many of them stand in results.csv
          --write-docs      writes the pages from results.csv and runs nothing
          --adopt TEXT      lets results of runs whose id contains the text count although options have changed since
        """;

    public string? Data { get; private init; } = Environment.GetEnvironmentVariable("ADVERSARIAL_DATA");

    public IReadOnlyList<string> Only { get; private init; } = [];

    public int Seeds { get; private init; } = 5;

    public int FirstSeed { get; private init; } = 1;

    public int? Threads { get; private init; }

    public int? Steps { get; private init; }

    public string Output { get; private init; } = "";

    public bool List { get; private init; }

    public bool WriteDocs { get; private init; }

    public string? Adopt { get; private init; }

    public string Results => Path.Combine(Output, "results.csv");

    /// <exception cref="FormatException">An argument is unknown or lacks its value.</exception>
    public static PapersArguments Parse(string[] args)
    {
        var parsed = new PapersArguments();
        for (int i = 0; i < args.Length; i++)
        {
            string name = args[i];
            string Value() => ++i < args.Length ? args[i] : throw new FormatException($"{name} needs a value.");
            int Count() => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
                ? count
                : throw new FormatException($"{name} needs a number above 0.");
            parsed = name switch
            {
                "--data" => parsed with { Data = Value() },
                "--only" => parsed with { Only = Texts(Value()) },
                "--seeds" => parsed with { Seeds = Count() },
                "--first-seed" => parsed with { FirstSeed = Count() },
                "--threads" => parsed with { Threads = Count() },
                "--steps" => parsed with { Steps = Count() },
                "--output" => parsed with { Output = Value() },
                "--list" => parsed with { List = true },
                "--write-docs" => parsed with { WriteDocs = true },
                "--adopt" => parsed with { Adopt = Value() },
                _ => throw new FormatException($"There is no argument {name}."),
            };
        }

        return parsed.Output.Length > 0 ? parsed : parsed with { Output = RepositoryFolder.Docs("papers") };
    }

    /// <summary>Whether a run is asked for.</summary>
    public bool Selects(Experiment experiment) =>
        Only.Count == 0 || Only.Any(text => IsId(text)
            ? experiment.Id.Equals(text, StringComparison.OrdinalIgnoreCase)
            : experiment.Id.Contains(text, StringComparison.OrdinalIgnoreCase));

    // An id may have a comma itself.
    private static string[] Texts(string value) =>
        IsId(value) ? [value] : value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsId(string text) =>
        PaperPages.All.SelectMany(page => page.Experiments).Any(experiment => experiment.Id.Equals(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The experiments asked for.</summary>
    public IEnumerable<Experiment> Selected() => PaperPages.All.SelectMany(page => page.Experiments).Where(Selects)
        .Select(experiment => Steps is { } steps ? experiment with { Settings = [.. experiment.Settings, $"MaximumNumberOfSteps={steps}"] } : experiment);
}
