using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Adversarial.Detectors;
using Adversarial.Neural;
using static Adversarial.Benchmarks.TurnFigures;

namespace Adversarial.Benchmarks;

/// <summary>AnoGAN's scoring, which is a search for each row, turn by turn with the same search in PyTorch: in blocks of rows, and row by row.</summary>
internal static class SearchRace
{
    private const int Rows = 1024;
    private const int BlockRows = 256;
    private const int SingleRows = 8;
    private const int Turns = 5;

    /// <summary>Races on tables of the widths given, else of 20 and 122 features; on one thread each.</summary>
    public static int Run(string[] args)
    {
        if (TorchRival.Interpreter is not { } interpreter)
        {
            Console.Error.WriteLine(TorchRival.Missing);
            return 1;
        }

        int[] widths = args.Length > 0 ? [.. args.Select(width => int.Parse(width, CultureInfo.InvariantCulture))] : [20, 122];
        Console.WriteLine("| Features | Steps | rows/s | PyTorch in blocks of 256, rows/s | ratio | PyTorch row by row, rows/s | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (int columns in widths)
            Console.WriteLine(Race(columns, interpreter));
        return 0;
    }

    private static string Race(int columns, string interpreter)
    {
        var options = new AnoGanOptions { Seed = 1, NumberOfThreads = 1, EnsembleSize = 1, MaximumNumberOfSteps = 20, NumberOfSearchSteps = 200, SearchLearningRate = 0.02f };
        var detector = (NetworkDetector)DetectorRegistry.For(options).Create(options, columns);
        detector.Fit(SimulatedRows.Make(1000, columns, seed: 1));
        FeatureMatrix rows = SimulatedRows.Make(Rows, columns, seed: 2);
        detector.Score(rows, threads: 1);
        using var rival = new LineRival(interpreter, "search_rival.py", Description(options, (Mlp)detector.Networks[0], (Mlp)detector.Networks[1], columns));
        var ours = new double[Turns];
        var blocks = new double[Turns];
        var singles = new double[Turns];
        rival.Ask($"{BlockRows} {BlockRows}");
        for (int turn = 0; turn < Turns; turn++)
        {
            long begin = Stopwatch.GetTimestamp();
            detector.Score(rows, threads: 1);
            ours[turn] = Rows / Stopwatch.GetElapsedTime(begin).TotalSeconds;
            blocks[turn] = Rows / rival.Ask($"{Rows} {BlockRows}");
            singles[turn] = SingleRows / rival.Ask($"{SingleRows} 1");
        }

        return string.Create(CultureInfo.InvariantCulture, $"| {columns} | {options.NumberOfSearchSteps} | {Median(ours):F0} | {Median(blocks):F0} | {Ratio(ours, blocks):F2} | {Median(singles):F1} | {Ratio(ours, singles):F0} |");
    }

    private static string Description(AnoGanOptions options, Mlp generator, Mlp discriminator, int columns) => JsonSerializer.Serialize(new
    {
        columns,
        latent = generator.Inputs,
        generator = Hidden(generator),
        discriminator = Hidden(discriminator),
        slope = options.LeakyReluSlope,
        steps = options.NumberOfSearchSteps,
        rate = options.SearchLearningRate,
        weight = options.FeatureWeight,
        starts = options.NumberOfStartPoints,
    });

    private static int[] Hidden(Mlp network) => [.. network.Layers.SkipLast(1).Select(layer => layer.Outputs)];
}
