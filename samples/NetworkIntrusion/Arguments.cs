namespace NetworkIntrusion;

/// <summary>The command line.</summary>
/// <param name="Data">Folder with NSL-KDD, or null to look for it.</param>
/// <param name="Json">File for the figures, or null.</param>
/// <param name="Seed">Seed of the context.</param>
/// <param name="Full">The default training instead of the demo's shorter one.</param>
public sealed record Arguments(string? Data, string? Json, int Seed, bool Full)
{
    /// <summary>Reads the command line; prints the usage and ends the program where it is wrong.</summary>
    public static Arguments Parse(string[] args)
    {
        var result = new Arguments(null, null, 1, false);
        for (int i = 0; i < args.Length; i++)
        {
            string? next = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--data" when next is not null:
                    result = result with { Data = args[++i] };
                    break;
                case "--json" when next is not null:
                    result = result with { Json = args[++i] };
                    break;
                case "--seed" when int.TryParse(next, out int seed):
                    result = result with { Seed = seed };
                    i++;
                    break;
                case "--full":
                    result = result with { Full = true };
                    break;
                default:
                    Fail($"'{args[i]}' is not understood. Usage: [--data FOLDER] [--json FILE] [--seed N] [--full]");
                    break;
            }
        }

        result.CheckPaths();
        return result;
    }

    // Before the training, not after it.
    private void CheckPaths()
    {
        if (Data is not null && !DataSet.IsIn(Data))
            Fail($"The folder '{Data}' does not hold {DataSet.Train} and {DataSet.Test}, as they are or with .gz behind.");
        if (Json is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(Json))))
            Fail($"The folder of '{Json}' does not exist.");
    }

    private static void Fail(string message)
    {
        Console.Error.WriteLine(message);
        Environment.Exit(2);
    }
}
