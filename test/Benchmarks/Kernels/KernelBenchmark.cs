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

    private sealed record Result(string Network, int Rows, int Inputs, int Outputs, string Variant, double MegaFlop, double GigaFlops, double Share, double Best);

    public static int Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string? json = Option(args, "--json"), only = Option(args, "--only");
        int threads = int.Parse(Option(args, "--threads") ?? "1", CultureInfo.InvariantCulture);
        using WorkerGang gang = new(threads);
        for (int i = 0; i < 200; i++)
            FmaCeiling.Measure();
        Console.WriteLine($"instruction set {Kernels.Active}, threads {threads}, one core's ceiling {Median(() => FmaCeiling.Measure()):F1} GFLOP/s");
        Console.WriteLine($"{"network",-18} {"rows",5} {"in",5} {"out",5} {"MFLOP",8}   {"forward",16}  {"input gradient",16}  {"weight gradient",16}");
        WarmUp(gang);
        List<Result> results = [];
        HashSet<(int, int, int)> seen = [];
        int[] counts = new int[6];
        foreach (LayerShape shape in Option(args, "--shape") is string text ? [LayerShape.Parse(text)] : LayerShape.All)
        {
            if (only != null && !$"{shape.Network}-{shape.Rows}x{shape.Inputs}x{shape.Outputs}".Contains(only, StringComparison.Ordinal))
                continue;
            if (!seen.Add((shape.Rows, shape.Inputs, shape.Outputs)))
                continue;
            Console.Write($"{shape.Network,-18} {shape.Rows,5} {shape.Inputs,5} {shape.Outputs,5} {shape.Flop / 1e6,8:F3} ");
            foreach ((string name, Action action) in LayerKernels.Of(shape, gang))
            {
                Result result = Measure(shape, name, action);
                results.Add(result);
                double goal = shape.Flop >= 0.5e6 ? 0.85 : shape.Flop >= 0.05e6 ? 0.60 : 0;
                if (goal > 0)
                {
                    int group = goal > 0.7 ? 0 : 3;
                    counts[group]++;
                    counts[group + 1] += result.Share >= goal ? 1 : 0;
                    counts[group + 2] += result.Best >= goal ? 1 : 0;
                }

                Console.Write($"  {result.GigaFlops,6:F1} {result.Share,5:P0} {(result.Share < goal ? "*" : " ")}{result.Best,4:P0}{(result.Best < goal ? "*" : " ")}");
            }

            Console.WriteLine();
        }

        Console.WriteLine("GFLOP/s, median share of the ceiling measured beside it (* below the goal), best rate over best ceiling");
        Console.WriteLine(
            $"at least 0.5 MFLOP: {counts[1]} of {counts[0]} reach 85 % (best rate: {counts[2]}); "
            + $"0.05 to 0.5 MFLOP: {counts[4]} of {counts[3]} reach 60 % (best rate: {counts[5]})");
        if (json != null)
            File.WriteAllText(json, JsonSerializer.Serialize(results));
        return 0;
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

    private static Result Measure(LayerShape shape, string name, Action action)
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

    private static string? Option(string[] args, string name)
    {
        int i = Array.IndexOf(args, name);
        return i >= 0 && i + 1 < args.Length ? args[i + 1] : null;
    }
}
