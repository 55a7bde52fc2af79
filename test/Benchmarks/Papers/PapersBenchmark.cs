using System.Globalization;

namespace Adversarial.Benchmarks;

/// <summary>Runs the papers' tables on the real data sets and writes their pages.</summary>
internal static class PapersBenchmark
{
    public static int Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (args is ["--help"])
        {
            Console.WriteLine(PapersArguments.Usage);
            return 0;
        }

        PapersArguments arguments;
        try
        {
            arguments = PapersArguments.Parse(args);
        }
        catch (FormatException failure)
        {
            Console.Error.WriteLine(failure.Message);
            Console.Error.WriteLine(PapersArguments.Usage);
            return 2;
        }

        var file = new ResultFile(arguments.Results);
        if (arguments.Adopt is { } text)
            Adoption.Adopt(file, text);
        if (arguments.List)
            return RunList.Print(arguments, file.Read());
        if (arguments.Adopt is null && !arguments.WriteDocs)
            return Measure(arguments, file);
        WritePages(arguments, file);
        return 0;
    }

    private static int Measure(PapersArguments arguments, ResultFile file)
    {
        if (arguments.Data is null || !Directory.Exists(arguments.Data))
        {
            Console.Error.WriteLine("The data sets are not found.");
            Console.Error.WriteLine(PapersArguments.Usage);
            return 2;
        }

        int failures = new ExperimentRunner(arguments, file).Run();
        if (arguments.Steps is null)
            WritePages(arguments, file);
        return failures == 0 ? 0 : 1;
    }

    private static void WritePages(PapersArguments arguments, ResultFile file)
    {
        IReadOnlyList<ResultLine> lines = file.Read();
        Directory.CreateDirectory(arguments.Output);
        foreach (PaperPage page in PaperPages.All)
            File.WriteAllText(Path.Combine(arguments.Output, page.Name + ".md"), new PageWriter(page, lines).Write());
        Console.WriteLine($"{PaperPages.All.Count} pages written");
    }
}
