using System.Text;
using Adversarial.Numerics;

namespace Adversarial.Benchmarks;

/// <summary>Writes what was measured as a line and as a page.</summary>
internal static class SpeedReport
{
    public static string Line(SpeedResult result) =>
        $"{result.Name}: step {result.StepMilliseconds:F3} ms (PyTorch {Text(result.TorchStepMilliseconds, "F3")}, ratio {Text(result.StepRatio, "F2")}, "
        + $"asked {result.StepGoal}; {result.StepShareOfCeiling:P0} of the ceiling; two threads {Text(result.TwoThreads, "F2")}); scoring {result.RowsPerSecond:N0} rows/s "
        + $"(ratio {Text(result.ScoringRatio, "F2")}, asked {Text(result.ScoringGoal, "G")}; {result.ScoringShareOfCeiling:P0} of the ceiling; cursor {result.CursorShare:P0}); "
        + $"peak {result.PeakMebibytes:F0} MiB (PyTorch {Text(result.TorchPeakMebibytes, "F0")}); first {SpeedRace.FirstSteps} steps "
        + string.Join(", ", result.FirstLosses.Select(loss => $"{loss.Key} {loss.Value:F4} ({Text(TorchLoss(result, loss.Key), "F4")})"));

    /// <summary>Writes FOLDER/cpu.md.</summary>
    public static void Write(string folder, double ceiling, double bookkeeping, IReadOnlyList<SpeedResult> cases, IReadOnlyList<KernelResult> kernels)
    {
        var page = new StringBuilder();
        page.AppendLine($"# {Processor.Name}");
        page.AppendLine();
        page.AppendLine($"{Kernels.Active}, one core's multiply-add ceiling {ceiling:F1} GFLOP/s, .NET {Environment.Version}, PyTorch {TorchRival.Version}.");
        page.AppendLine("Library and PyTorch run turn by turn in one run; ratios are medians of the turns' ratios, PyTorch's time over the library's: above 1 the library is faster. "
            + "A ratio below the one asked for stands in brackets. Made by `eng/bench.sh`.");
        string torchSharp = $"torchsharp-{Processor.FileName}.md";
        if (File.Exists(Path.Combine(folder, torchSharp)))
            page.AppendLine($"What a program on TorchSharp takes for the same steps, and TorchSharp under this library's methods: [TorchSharp on this processor]({torchSharp}).");
        page.AppendLine();
        page.AppendLine("## Training steps");
        page.AppendLine();
        page.AppendLine("| Networks | Threads | ms | PyTorch, ms | Ratio | asked | Share of the ceiling | Two threads against one |");
        page.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (SpeedResult result in cases)
        {
            page.AppendLine($"| {result.Name} | {result.Threads} | {result.StepMilliseconds:F2} | {Text(result.TorchStepMilliseconds, "F2")} | "
                + $"{Ratio(result.StepRatio, result.StepGoal)} | {result.StepGoal} | {result.StepShareOfCeiling:P0} | {Text(result.TwoThreads, "F2")} |");
        }

        page.AppendLine();
        page.AppendLine($"The tape's own work in a step of {Bookkeeping.Operations} operations, there and back and an update on a device that does nothing, takes {bookkeeping:F2} microseconds (2 asked).");
        page.AppendLine();
        page.AppendLine("The share counts the necessary FLOPs alone, of one core's ceiling. Mean losses of the first " + SpeedRace.FirstSteps + " steps, from the same weights and rows but each side's own random numbers:");
        page.AppendLine();
        page.AppendLine("| Networks | Loss | Library | PyTorch |");
        page.AppendLine("|---|---|---|---|");
        foreach (SpeedResult result in cases)
        {
            foreach ((string name, double value) in result.FirstLosses.Where(loss => TorchLoss(result, loss.Key) is not null))
                page.AppendLine($"| {result.Name} | {name} | {value:F4} | {Text(TorchLoss(result, name), "F4")} |");
        }

        page.AppendLine();
        page.AppendLine("## Scoring 100,000 rows");
        page.AppendLine();
        page.AppendLine("| Networks | Threads | Rows a second | PyTorch | Ratio | asked | Share of the ceiling | Through an ML.NET cursor |");
        page.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (SpeedResult result in cases)
        {
            page.AppendLine($"| {result.Name} | {result.Threads} | {result.RowsPerSecond:N0} | {Text(result.TorchRowsPerSecond, "N0")} | "
                + $"{Ratio(result.ScoringRatio, result.ScoringGoal ?? 0)} | {Text(result.ScoringGoal, "G")} | {result.ScoringShareOfCeiling:P0} | {result.CursorShare:P0} |");
        }

        page.AppendLine();
        page.AppendLine("The last column is the rate through a cursor, reading the scores of rows in memory, over the rate from memory.");
        page.AppendLine();
        page.AppendLine("## Peak memory of a process that trains and scores 100,000 rows");
        page.AppendLine();
        page.AppendLine("| Networks | Library, MiB | PyTorch, MiB |");
        page.AppendLine("|---|---|---|");
        foreach (SpeedResult result in cases)
            page.AppendLine($"| {result.Name} | {result.PeakMebibytes:F0} | {Text(result.TorchPeakMebibytes, "F0")} |");
        if (kernels.Count > 0)
            AppendKernels(page, kernels);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Processor.FileName + ".md"), page.ToString().ReplaceLineEndings("\n"));
    }

    private static void AppendKernels(StringBuilder page, IReadOnlyList<KernelResult> kernels)
    {
        page.AppendLine();
        page.AppendLine("## Matrix products");
        page.AppendLine();
        page.AppendLine($"GFLOP/s and share of the ceiling measured beside it (medians), shares below what is asked for in brackets. {KernelResult.Summary(kernels)}.");
        page.AppendLine();
        page.AppendLine("| Network | Rows | Inputs | Outputs | MFLOP | Forward | Input gradient | Weight gradient |");
        page.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (IGrouping<(string, int, int, int), KernelResult> shape in kernels.GroupBy(result => (result.Network, result.Rows, result.Inputs, result.Outputs)))
        {
            page.AppendLine($"| {shape.Key.Item1} | {shape.Key.Item2} | {shape.Key.Item3} | {shape.Key.Item4} | {shape.First().MegaFlop:F3} | "
                + string.Join(" | ", shape.Select(result => $"{result.GigaFlops:F1}, {Bracketed($"{result.Share:P0}", result.Share >= result.Goal)}")) + " |");
        }
    }

    private static double? TorchLoss(SpeedResult result, string name) => result.TorchFirstLosses.TryGetValue(name, out double value) ? value : null;

    private static string Ratio(double? ratio, double goal) => Bracketed(Text(ratio, "F2"), ratio is null || ratio >= goal);

    private static string Bracketed(string text, bool reached) => reached ? text : $"({text})";

    private static string Text(double? value, string format) => value?.ToString(format) ?? "";
}
