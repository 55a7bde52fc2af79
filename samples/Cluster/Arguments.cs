using System.Globalization;

namespace Cluster;

/// <summary>The command line: a verb, and what it takes.</summary>
public sealed record Arguments
{
    private const string Usage = """
        Cluster silo [--port N] [--gateway N] [--primary N] [--redis HOST:PORT] [--name TEXT] [--jobs N] [--folder FOLDER] [--minutes N] [--until-input-ends]
        Cluster generate --folder FOLDER [--files N] [--rows N]
        Cluster fit --folder FOLDER [--members N] [--gateway N | --redis HOST:PORT]
        Cluster score --folder FOLDER [--gateway N | --redis HOST:PORT]
        Cluster measure --folder FOLDER [--gateway N | --redis HOST:PORT]
        """;

    public required string Verb { get; init; }

    /// <summary>Port between silos.</summary>
    public int Port { get; init; } = 11111;

    /// <summary>Port for clients; 30000 is the first silo's.</summary>
    public int Gateway { get; init; } = 30000;

    /// <summary>Without Redis: the first silo's port, which keeps the list of silos.</summary>
    public int Primary { get; init; } = 11111;

    /// <summary>Where Redis keeps the list of silos; null: the first silo does.</summary>
    public string? Redis { get; init; }

    public string Name { get; init; } = "silo";

    /// <summary>Jobs of a silo at a time; null: one for each processor.</summary>
    public int? Jobs { get; init; }

    /// <summary>Where rows, models and scores are; a silo's jobs reach nothing else.</summary>
    public string? Folder { get; init; }

    /// <summary>A silo ends after so many minutes.</summary>
    public int Minutes { get; init; } = 60;

    /// <summary>Whether a silo ends when its standard input does.</summary>
    public bool UntilInputEnds { get; init; }

    public int Files { get; init; } = 12;

    public int Rows { get; init; } = 50_000;

    public int Members { get; init; } = 6;

    /// <summary>Reads the command line; null where it is wrong, which is told.</summary>
    public static Arguments? Parse(string[] args)
    {
        if (args is not [("silo" or "generate" or "fit" or "score" or "measure") and var verb, ..])
            return Fail("Say what to do.");
        var result = new Arguments { Verb = verb };
        for (int i = 1; i < args.Length; i++)
        {
            if (args[i] == "--until-input-ends")
            {
                result = result with { UntilInputEnds = true };
                continue;
            }

            if (i + 1 == args.Length)
                return Fail($"'{args[i]}' takes a value.");
            (string option, string value) = (args[i], args[++i]);
            int number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int parsed) ? parsed : -1;
            Arguments? next = option switch
            {
                "--redis" => result with { Redis = value },
                "--name" => result with { Name = value },
                "--folder" => result with { Folder = Path.GetFullPath(value) },
                _ when number < 1 => null,
                "--port" => result with { Port = number },
                "--gateway" => result with { Gateway = number },
                "--primary" => result with { Primary = number },
                "--jobs" => result with { Jobs = number },
                "--minutes" => result with { Minutes = number },
                "--files" => result with { Files = number },
                "--rows" => result with { Rows = number },
                "--members" => result with { Members = number },
                _ => null,
            };
            if (next is null)
                return Fail($"'{option} {value}' is not understood.");
            result = next;
        }

        return verb != "silo" && result.Folder is null ? Fail("Name a --folder that the silos see too.") : result;
    }

    private static Arguments? Fail(string reason)
    {
        Console.Error.WriteLine($"{reason} Usage:\n{Usage}");
        return null;
    }
}
