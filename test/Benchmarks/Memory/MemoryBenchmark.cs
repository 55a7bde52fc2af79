using System.Diagnostics;
using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;

namespace Adversarial.Benchmarks;

/// <summary>
/// The peak of resident memory of fits on images, each in a process of its own: the whole process with runtime and ML.NET, through the trainer, with
/// default options but for the number of steps, which memory does not depend on. Writes FOLDER/cpu-memory.md unless a part is asked for.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Steps = 20;
    private const double Megabyte = 1e6;
    private const double Allowed = 300;

    /// <summary>The verb of the child process.</summary>
    public const string ChildVerb = "memory-child";

    public static int Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string? only = CommandLine.Option(args, "--only");
        var page = new Page();
        page.Line("# Memory of fits on images");
        page.Line();
        page.Line($"`eng/bench.sh memory`, {Processor.Name}. The peak of resident memory of a process that fits one detector through its ML.NET trainer, runtime and libraries included: default options, {Steps} steps a phase, simulated images that are made while they are read.");
        page.Line($"Goal: the images once as floats, and {Allowed:F0} MB.");
        page.Line();
        page.Line("| Images | Method | Images as floats, MB | Peak, MB | Above the images, MB | At the end of training, MB |");
        page.Line("|---|---|---|---|---|---|");
        int all = 0, within = 0;
        foreach (MemoryCase fit in MemoryCase.All.Where(fit => only is null || $"{fit.Shape} {fit.Method}".Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            (double trained, double peak) = Measure(fit);
            double own = fit.Bytes / Megabyte, above = peak - own;
            page.Line($"| {fit.Images:N0} of {fit.Shape} | {fit.Method} | {own:F0} | {peak:F0} | {above:F0} | {trained:F0} |");
            all++;
            within += above <= Allowed ? 1 : 0;
        }

        page.Line();
        page.Line($"{within} of {all} fits stay within the goal.");
        if (only is null)
            page.Save(Path.Combine(CommandLine.Option(args, "--output") ?? RepositoryFolder.Docs("benchmarks"), $"{Processor.FileName}-memory.md"));
        return 0;
    }

    private static (double Trained, double Peak) Measure(MemoryCase fit)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (string argument in (string[])[Environment.GetCommandLineArgs()[0], ChildVerb, fit.Method, .. fit.Arguments])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string[] figures = process.StandardOutput.ReadToEnd().Split();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The fit of {fit.Method} on {fit.Shape} failed.");
        return (double.Parse(figures[0], CultureInfo.InvariantCulture), double.Parse(figures[1], CultureInfo.InvariantCulture));
    }

    /// <summary>What the child does: prints the peak at the end of training and the one of the whole fit.</summary>
    public static int RunChild(string[] args)
    {
        MemoryCase fit = MemoryCase.Parse(args);
        var context = new MLContext(1);
        var options = (NetworkDetectorOptions)DetectorRegistry.Get(fit.Method).CreateOptions();
        options.MaximumNumberOfSteps = Steps;
        double trained = 0;
        options.Progress = new LastPeak(() => trained = Peak());
        context.AnomalyDetection.Trainers.Detector(options, labelColumnName: "Label").Fit(SimulatedImages.Load(context, fit.Shape, fit.Images));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{trained:F1} {Peak():F1}"));
        return 0;
    }

    private static double Peak()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / Megabyte;
    }

    private sealed class LastPeak(Action measure) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => measure();
    }
}
