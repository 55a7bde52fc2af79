using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Adversarial.Benchmarks;

/// <summary>Fits on more and more rows of which a sample is kept: time and peak of resident memory, each in a process of its own.</summary>
internal static class RowsBenchmark
{
    private const int Columns = 30;
    private const long Most = 100_000_000;
    private const int Kept = 1_000_000;

    /// <summary>The verb of the child process.</summary>
    public const string ChildVerb = "rows-child";

    public static int Run(string[] args)
    {
        long most = args is ["--most", { } text] ? long.Parse(text, CultureInfo.InvariantCulture) : Most;
        Console.WriteLine($"Rows of {Columns} features, an autoencoder of 1,000 steps, one thread; {Processor.Name}");
        Console.WriteLine("| Rows of the view | Kept | Pass over the rows and fit, s | Peak memory, MB | Kept rows alone, MB |");
        Console.WriteLine("|---|---|---|---|---|");
        for (long rows = 100_000; rows <= most; rows *= 10)
        {
            foreach (int kept in (int[])[Kept / 10, Kept])
                Console.WriteLine(Measure(rows, kept));
        }

        return 0;
    }

    private static string Measure(long rows, int kept)
    {
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            ArgumentList = { Environment.GetCommandLineArgs()[0], ChildVerb, rows.ToString(CultureInfo.InvariantCulture), kept.ToString(CultureInfo.InvariantCulture) },
        })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : $"| {rows:N0} | {kept:N0} | failed |||";
    }

    /// <summary>What the child does; 0 rows to keep sets no limit.</summary>
    public static int RunChild(string[] args)
    {
        long rows = long.Parse(args[0], CultureInfo.InvariantCulture);
        int kept = int.Parse(args[1], CultureInfo.InvariantCulture);
        var context = new MLContext(1);
        IDataView view = context.Data.LoadFromEnumerable(Generate(rows));
        var options = new AutoencoderTrainer.Options { NumberOfThreads = 1, MaximumNumberOfSteps = 1000, MaximumTrainingRows = kept == 0 ? null : kept };
        long begin = Stopwatch.GetTimestamp();
        try
        {
            context.AnomalyDetection.Trainers.Autoencoder(options).Fit(view);
        }
        catch (InvalidOperationException refused)
        {
            Console.WriteLine($"{refused.Message} (after {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s)");
            return 0;
        }

        double megabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        long learned = kept == 0 ? rows : Math.Min(rows, kept);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {rows:N0} | {learned:N0} | {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} | {megabytes:F0} | {sizeof(float) * Columns * learned / 1e6:F0} |"));
        return 0;
    }

    // One object for all rows; its features are made when they are asked for.
    private static IEnumerable<Row> Generate(long rows)
    {
        var row = new Row();
        for (long r = 0; r < rows; r++)
        {
            row.Number = r;
            yield return row;
        }
    }

    private sealed class Row
    {
        private readonly float[] _features = new float[Columns];

        [NoColumn]
        public long Number { get; set; }

        [VectorType(Columns)]
        public float[] Features
        {
            get
            {
                uint state = (uint)Number * 2654435761u + (uint)(Number >> 32) + 1;
                for (int i = 0; i < Columns; i++)
                {
                    state = state * 1664525u + 1013904223u;
                    _features[i] = (state >> 8) / (float)(1 << 24);
                }

                return _features;
            }

            set => throw new NotSupportedException();
        }
    }
}
