using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Adversarial.Numerics;

namespace Adversarial.Benchmarks;

/// <summary>
/// The matrix products at the methods' layer shapes, against the multiply-add ceiling of the core. Ceiling and product are measured
/// turn by turn, so that a clock that changes, or a neighbour that takes time, hits both.
/// </summary>
internal static class KernelBenchmark
{
    private const int Turns = 41;

    public static int Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string? json = CommandLine.Option(args, "--json"), only = CommandLine.Option(args, "--only");
        int threads = int.Parse(CommandLine.Option(args, "--threads") ?? "1", CultureInfo.InvariantCulture);
        IEnumerable<LayerShape> shapes = CommandLine.Option(args, "--shape") is string text ? [LayerShape.Parse(text)] : LayerShape.All
            .Where(shape => only is null || $"{shape.Network}-{shape.Rows}x{shape.Inputs}x{shape.Outputs}".Contains(only, StringComparison.Ordinal));
        IReadOnlyList<KernelResult> results = Measure(shapes, threads, Console.Out);
        if (json != null)
            File.WriteAllText(json, JsonSerializer.Serialize(results));
        return 0;
    }

    /// <summary>Measures all three products of each shape and prints a table as it goes.</summary>
    public static IReadOnlyList<KernelResult> Measure(IEnumerable<LayerShape> shapes, int threads, TextWriter output)
    {
        using WorkerGang gang = new(threads);
        for (int i = 0; i < 200; i++)
            FmaCeiling.Measure();
        output.WriteLine($"instruction set {Kernels.Active}, threads {threads}, one core's ceiling {Median(() => FmaCeiling.Measure()):F1} GFLOP/s");
        output.WriteLine($"{"network",-18} {"rows",5} {"in",5} {"out",5} {"MFLOP",8}   {"forward",16}  {"input gradient",16}  {"weight gradient",16}");
        WarmUp(gang);
        List<KernelResult> results = [];
        foreach (LayerShape shape in shapes.DistinctBy(shape => (shape.Rows, shape.Inputs, shape.Outputs)))
        {
            output.Write($"{shape.Network,-18} {shape.Rows,5} {shape.Inputs,5} {shape.Outputs,5} {shape.Flop / 1e6,8:F3} ");
            foreach ((string name, Action action) in LayerKernels.Of(shape, gang))
            {
                KernelResult result = Measure(shape, name, action);
                results.Add(result);
                output.Write($"  {result.GigaFlops,6:F1} {result.Share,5:P0} {(result.Share < result.Goal ? "*" : " ")}{result.Best,4:P0}{(result.Best < result.Goal ? "*" : " ")}");
            }

            output.WriteLine();
        }

        output.WriteLine("GFLOP/s, median share of the ceiling measured beside it (* below the goal), best rate over best ceiling");
        output.WriteLine(KernelResult.Summary(results));
        return results;
    }

    // The runtime compiles a method well only when it has been called often and a tenth of a second has passed without new methods.
    private static void WarmUp(WorkerGang gang)
    {
        for (int round = 0; round < 4; round++)
        {
            foreach (LayerShape shape in LayerShape.All.Where(shape => shape.Flop < 2e6))
            {
                foreach ((_, Action action) in LayerKernels.Of(shape, gang))
                {
                    for (int i = 0; i < 30; i++)
                        action();
                }
            }

            Thread.Sleep(200);
        }
    }

    private static KernelResult Measure(LayerShape shape, string name, Action action)
    {
        int calls = (int)Math.Clamp(30e6 / shape.Flop, 1, 500);
        for (int i = 0; i < Math.Max(40, calls); i++)
            action();
        double[] shares = new double[Turns], rates = new double[Turns];
        double top = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            double before = FmaCeiling.Measure();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
                action();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double ceiling = Math.Max(before, FmaCeiling.Measure());
            top = Math.Max(top, ceiling);
            rates[turn] = shape.Flop * calls / seconds / 1e9;
            shares[turn] = rates[turn] / ceiling;
        }

        Array.Sort(shares);
        Array.Sort(rates);
        return new(shape.Network, shape.Rows, shape.Inputs, shape.Outputs, name, shape.Flop / 1e6, rates[Turns / 2], shares[Turns / 2], rates[^1] / top);
    }

    private static double Median(Func<double> measure)
    {
        double[] values = new double[25];
        for (int i = 0; i < values.Length; i++)
            values[i] = measure();
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
