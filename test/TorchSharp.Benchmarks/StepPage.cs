using System.Text;
using Adversarial.Numerics;
using Microsoft.ML.Adversarial;
using TorchSharp;

namespace Adversarial.Benchmarks;

/// <summary>The page of a race.</summary>
internal static class StepPage
{
    public static void Write(string folder, TorchDeviceKind kind, IReadOnlyList<StepResult> results)
    {
        string where = kind == TorchDeviceKind.Cpu ? "the processor" : "a GPU by CUDA";
        var page = new StringBuilder();
        page.AppendLine($"# TorchSharp on {where}: {Processor.Name}");
        page.AppendLine();
        page.AppendLine($"{Kernels.Active}, .NET {Environment.Version}, TorchSharp {typeof(torch).Assembly.GetName().Version} (LibTorch {torch.__version__}), one thread each.");
        page.AppendLine();
        page.AppendLine("Whole training steps on the engine's own kernels, on LibTorch's device (`UseTorch`), and, for two methods, as a program on TorchSharp has them: modules, losses, Adam, batches drawn "
            + "from a tensor, one scope a step. They run turn by turn in one run; ratios are medians of the turns' ratios, the other's time over the engine's: above 1 the engine is faster. Made by `eng/torch.sh bench`.");
        page.AppendLine();
        page.AppendLine("| Networks | Engine, ms | LibTorch's device, ms | Ratio | Program on TorchSharp, ms | Ratio |");
        page.AppendLine("|---|---|---|---|---|---|");
        foreach (StepResult result in results)
        {
            page.AppendLine($"| {result.Name} | {result.Milliseconds:F2} | {result.Device:F2} | {result.DeviceRatio:F2} | {result.Program?.ToString("F2") ?? "-"} | {result.ProgramRatio?.ToString("F2") ?? "-"} |");
        }

        if (kind == TorchDeviceKind.Cpu)
        {
            page.AppendLine();
            page.AppendLine("No GPU has been measured: none was at hand.");
        }

        File.WriteAllText(Path.Combine(folder, $"torchsharp-{(kind == TorchDeviceKind.Cpu ? "" : "cuda-")}{Processor.FileName}.md"), page.ToString());
    }
}
