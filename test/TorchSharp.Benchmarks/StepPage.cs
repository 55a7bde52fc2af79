using System.Text;
using Adversarial.Numerics;
using Microsoft.ML.Adversarial;
using TorchSharp;

namespace Adversarial.Benchmarks;

/// <summary>The page of a race.</summary>
internal static class StepPage
{
    public static string Line(StepResult result) =>
        $"| {result.Name} | {1000 * result.Engine:F2} | {1000 * result.Device:F2} | {Text(result.Ratio(turn => turn.Device))} | {1000 * result.Program:F2} | {Text(result.Ratio(turn => turn.Program))} |";

    private static string Text((double Least, double Median, double Greatest) ratio) => $"{ratio.Median:F2} ({ratio.Least:F2} to {ratio.Greatest:F2})";

    // The page of eng/bench.sh, where there is one.
    private static string PyTorch(string folder) => File.Exists(Path.Combine(folder, Processor.FileName + ".md")) ? $" ([its page]({Processor.FileName}.md))" : "";

    public static void Write(string folder, TorchDeviceKind kind, IReadOnlyList<StepResult> results)
    {
        string where = kind == TorchDeviceKind.Cpu ? "the processor" : "a GPU by CUDA";
        var page = new StringBuilder();
        page.AppendLine($"# TorchSharp on {where}: {Processor.Name}");
        page.AppendLine();
        page.AppendLine($"{Kernels.Active}, .NET {Environment.Version}, TorchSharp {typeof(torch).Assembly.GetName().Version} (LibTorch {torch.__version__}), one thread each.");
        page.AppendLine();
        page.AppendLine("Whole training steps on the engine's own kernels, on LibTorch's device (`UseTorch`), and as a program on TorchSharp has them, written without this library: modules, "
            + $"losses, Adam, batches drawn from a tensor, one scope a step; networks, losses, optimisers and passes are those of the race with PyTorch{PyTorch(folder)}. "
            + $"They run turn by turn in one run; times are medians of {StepRace.Turns} turns, ratios medians of the turns' ratios (least and greatest in brackets), the other's time over the "
            + "engine's: above 1 the engine is faster. Made by `eng/torch.sh bench`.");
        page.AppendLine();
        page.AppendLine("| Networks | Engine, ms | LibTorch's device, ms | Ratio | Program on TorchSharp, ms | Ratio |");
        page.AppendLine("|---|---|---|---|---|---|");
        foreach (StepResult result in results)
            page.AppendLine(Line(result));
        page.AppendLine();
        page.AppendLine($"Mean losses of the first {StepRace.FirstSteps} steps, from the same first weights and rows; the program draws batches, noise and dropout itself:");
        page.AppendLine();
        page.AppendLine("| Networks | Loss | Engine | LibTorch's device | Relative difference | Program on TorchSharp |");
        page.AppendLine("|---|---|---|---|---|---|");
        foreach (StepResult result in results)
        {
            foreach (StepLoss loss in result.Losses)
                page.AppendLine($"| {result.Name} | {loss.Name} | {loss.Engine:G6} | {loss.Device:G6} | {loss.RelativeDifference:E1} | {loss.Program:G6} |");
        }

        if (kind == TorchDeviceKind.Cpu)
        {
            page.AppendLine();
            page.AppendLine("No GPU has been measured: none was at hand.");
        }

        string name = $"torchsharp-{(kind == TorchDeviceKind.Cpu ? "" : "cuda-")}{Processor.FileName}.md";
        File.WriteAllText(Path.Combine(folder, name), page.ToString());
        Console.WriteLine(name);
    }
}
