using System.Globalization;
using System.Text.Json;
using Adversarial.Numerics;

namespace Adversarial.Benchmarks;

/// <summary>Whole training steps and whole scoring passes against PyTorch, and the matrix products against the core's ceiling.</summary>
internal static class SpeedBenchmark
{
    public static int Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string? json = CommandLine.Option(args, "--json"), only = CommandLine.Option(args, "--only"), output = CommandLine.Option(args, "--output");
        int threads = int.Parse(CommandLine.Option(args, "--threads") ?? "1", CultureInfo.InvariantCulture);
        if (!TorchRival.IsPresent)
            Console.WriteLine(TorchRival.Missing);
        for (int i = 0; i < 500; i++)
            FmaCeiling.Measure();
        double ceiling = Enumerable.Range(0, 25).Select(_ => FmaCeiling.Measure()).Order().ElementAt(12);
        Console.WriteLine($"{Processor.Name}, {Kernels.Active}, one core's ceiling {ceiling:F1} GFLOP/s, threads {threads}, PyTorch {TorchRival.Version}");
        double bookkeeping = Bookkeeping.Measure();
        Console.WriteLine($"bookkeeping of a step of {Bookkeeping.Operations} operations: {bookkeeping:F2} microseconds");
        List<SpeedResult> results = [];
        foreach (SpeedCase speedCase in SpeedCase.All.Where(known => only is null || known.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            SpeedResult result = SpeedRace.Run(speedCase, threads);
            results.Add(result);
            Console.WriteLine(SpeedReport.Line(result));
        }

        IReadOnlyList<KernelResult> kernels = only is null ? KernelBenchmark.Measure(LayerShape.All, threads, Console.Out) : [];
        if (json is not null)
            File.WriteAllText(json, JsonSerializer.Serialize(new { Processor = Processor.Name, Ceiling = ceiling, BookkeepingMicroseconds = bookkeeping, Torch = TorchRival.Version, Cases = results, Kernels = kernels }));
        // A page of some cases alone is written only where one is asked for.
        if (only is null || output is not null)
            SpeedReport.Write(output ?? RepositoryFolder.Docs("benchmarks"), ceiling, bookkeeping, results, kernels);
        return 0;
    }
}
