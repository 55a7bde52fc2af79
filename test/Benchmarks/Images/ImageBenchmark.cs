using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Adversarial.Neural;
using static Adversarial.Benchmarks.TurnFigures;

namespace Adversarial.Benchmarks;

/// <summary>
/// Convolutions on one thread: each layer's forward pass, all copies included, as a share of what the core can do at most, and whole training
/// steps and scores turn by turn with the same networks in PyTorch. Writes FOLDER/cpu-images.md unless a part is asked for.
/// </summary>
internal static class ImageBenchmark
{
    private const int LayerBatch = 128;
    private const int Turns = 21;
    private const double SecondsOfTurn = 0.1;
    private const double Goal = 0.75;

    public static int Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string? only = CommandLine.Option(args, "--only");
        var page = new Page();
        page.Line("# Networks on images");
        page.Line();
        page.Line($"`eng/bench.sh images`, {Processor.Name}, one thread, medians of {Turns} turns. The ceiling is what multiply-adds on registers alone reach beside each turn.");
        Layers(only, page);
        if (TorchRival.Interpreter is not { } interpreter)
        {
            Console.Error.WriteLine(TorchRival.Missing);
            return 1;
        }

        Steps(only, interpreter, page);
        if (only is null)
            page.Save(Path.Combine(CommandLine.Option(args, "--output") ?? RepositoryFolder.Docs("benchmarks"), $"{Processor.FileName}-images.md"));
        return 0;
    }

    private static bool IsAsked(string? only, string name) => only is null || name.Contains(only, StringComparison.Ordinal);

    private static void Layers(string? only, Page page)
    {
        for (int i = 0; i < 200; i++)
            FmaCeiling.Measure();
        page.Line();
        page.Line($"| Layer, {LayerBatch} images | MFLOP an image | GFLOP/s | share of the ceiling |");
        page.Line("|---|---|---|---|");
        int large = 0, near = 0;
        foreach (ImageLayer layer in ImageLayer.All.Where(layer => IsAsked(only, layer.ToString())))
        {
            (double flop, double rate, double share) = Measure(layer);
            page.Line($"| {layer} | {flop / 1e6:F2} | {rate:F1} | {share:P0} |");
            large += flop >= ImageLayer.LargeFlop ? 1 : 0;
            near += flop >= ImageLayer.LargeFlop && share >= Goal ? 1 : 0;
        }

        page.Line();
        page.Line($"{near} of {large} layers from {ImageLayer.LargeFlop / 1e6:F0} MFLOP an image on reach {Goal:P0} of the ceiling.");
    }

    private static (double Flop, double Rate, double Share) Measure(ImageLayer layer)
    {
        var device = new CpuDevice();
        var network = new ConvolutionalNetwork(device, "layer", layer.Input, [layer.Spec]);
        network.Initialize(new NoiseSource(1));
        var tape = new Tape(device, recording: false);
        Matrix images = Images(device, layer.Input, LayerBatch);
        void Forward()
        {
            tape.Reset();
            network.Forward(tape.Over(images));
        }

        int calls = CallsOf(Forward);
        double[] rates = new double[Turns], shares = new double[Turns];
        double flop = 2.0 * network.MultiplyAdds;
        for (int turn = 0; turn < Turns; turn++)
        {
            double before = FmaCeiling.Measure();
            double seconds = SecondsOf(Forward, calls);
            rates[turn] = flop * LayerBatch * calls / seconds / 1e9;
            shares[turn] = rates[turn] / Math.Max(before, FmaCeiling.Measure());
        }

        return (flop, Median(rates), Median(shares));
    }

    private static void Steps(string? only, string interpreter, Page page)
    {
        page.Line();
        page.Line($"Turn by turn with PyTorch {TorchRival.Version}, the same networks and batches; a step is forward, backward and Adam. Encoders without a decoder lower the mean square of their codes.");
        page.Line();
        page.Line("| Networks | images a step | steps/s | PyTorch | ratio | scored images/s | PyTorch | ratio |");
        page.Line("|---|---|---|---|---|---|---|---|");
        foreach (ImageNetworks networks in ImageNetworks.All.Where(networks => IsAsked(only, networks.Name)))
        {
            var training = new ImageTraining(networks);
            using var rival = new LineRival(interpreter, "image_rival.py", JsonSerializer.Serialize(networks.Description));
            if (rival.Ask("parameters") is var theirs && theirs != training.Parameters)
                throw new InvalidOperationException($"{networks.Name} has {training.Parameters} parameters, and {theirs} in PyTorch.");
            int steps = CallsOf(training.Step), scores = CallsOf(training.Score);
            rival.Ask($"steps {steps}");
            rival.Ask($"score {scores}");
            double[] ours = new double[Turns], other = new double[Turns], ourScores = new double[Turns], otherScores = new double[Turns];
            for (int turn = 0; turn < Turns; turn++)
            {
                ours[turn] = steps / SecondsOf(training.Step, steps);
                other[turn] = steps / rival.Ask($"steps {steps}");
                ourScores[turn] = scores * networks.Batch / SecondsOf(training.Score, scores);
                otherScores[turn] = scores * networks.Batch / rival.Ask($"score {scores}");
            }

            page.Line($"| {networks.Name} | {networks.Batch} | {Median(ours):F1} | {Median(other):F1} | {Ratio(ours, other):F2} | {Median(ourScores):F0} | {Median(otherScores):F0} | {Ratio(ourScores, otherScores):F2} |");
        }
    }

    /// <summary>Random images in [0, 1).</summary>
    public static Matrix Images(CpuDevice device, MapShape shape, int count)
    {
        var images = new Matrix(device.Allocate(count * shape.Features), 0, count, shape.Features, shape.Features);
        var random = new Random(1);
        foreach (ref float value in device.Values(images))
            value = random.NextSingle();
        return images;
    }

    // So many that a turn is long, after the runtime has compiled what it calls.
    private static int CallsOf(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        int calls = 0;
        for (; calls < 40 || Stopwatch.GetElapsedTime(begin).TotalSeconds < 1; calls++)
            action();
        return Math.Max(1, (int)(SecondsOfTurn / (SecondsOf(action, 5) / 5)));
    }

    private static double SecondsOf(Action action, int calls)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            action();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
