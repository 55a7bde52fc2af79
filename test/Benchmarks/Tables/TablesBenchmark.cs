using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>Every method on every table under one protocol, resumed where the results end.</summary>
internal static class TablesBenchmark
{
    public static int Run(string[] args)
    {
        if (TablesArguments.Parse(args) is not { } arguments)
        {
            Console.Error.WriteLine(TablesArguments.Usage);
            return 2;
        }

        string folder = arguments.Output ?? RepositoryFolder.Docs("tables");
        Directory.CreateDirectory(folder);
        string results = Path.Combine(folder, "results.csv");
        if (!File.Exists(results))
            File.WriteAllText(results, TableRun.Header + "\n");
        HashSet<TableRun> done = [.. File.ReadLines(results).Skip(1).Select(TableRun.Parse)];
        string variant = arguments.Changes.Count == 0 ? "default" : string.Join(' ', arguments.Changes.Select(change => $"{change.Key}={change.Value}"));
        // Small files first: what is wrong shows early.
        foreach (string file in Directory.GetFiles(arguments.Data, "*.csv.gz").OrderBy(file => new FileInfo(file).Length))
        {
            string name = Path.GetFileName(file).Split(".csv")[0];
            if (arguments.Sets.Count > 0 && !arguments.Sets.Contains(name))
                continue;
            TableRun[] runs =
            [
                .. from method in arguments.Methods
                   from seed in Enumerable.Range(1, arguments.Seeds)
                   let run = new TableRun(name, method.Name, variant, seed)
                   where !done.Contains(run)
                   select run,
            ];
            LabelledTable? table = runs.Length == 0 ? null : LabelledTable.Read(file);
            foreach (TableRun run in runs)
            {
                DetectorDescriptor method = DetectorRegistry.Get(run.Method);
                DetectorOptions options = method.CreateOptions();
                options.NumberOfThreads = arguments.Threads;
                foreach ((string option, string value) in arguments.Changes)
                    OptionText.Set(options, option, value);
                string line = run.Measure(table!, method, options);
                File.AppendAllText(results, line + "\n");
                Console.WriteLine(line);
            }
        }

        TablesPage.Write(folder);
        return 0;
    }
}
