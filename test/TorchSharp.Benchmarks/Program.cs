using System.Globalization;
using Adversarial.Benchmarks;
using Adversarial.Detectors;
using Adversarial.Neural;
using Microsoft.ML.Adversarial;
using TorchSharp;

// Training steps on the engine's own device and on TorchSharp's, turn by turn, one thread each; then the first losses side by side.
const int StepsOfTurn = 20;
const int Turns = 11;
const int FirstSteps = 10;
TorchDeviceKind kind = args is ["--device", "cuda"] ? TorchDeviceKind.Cuda : TorchDeviceKind.Cpu;
using (new TorchDevice(kind))
    torch.set_num_threads(1);
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine($"{Processor.Name}, one thread; TorchSharp on {kind}; medians of {Turns} turns of {StepsOfTurn} steps, in turn");
Console.WriteLine();
Console.WriteLine("| Networks | Engine, ms | TorchSharp, ms | Ratio | least and greatest of the turns |");
Console.WriteLine("|---|---|---|---|---|");
foreach (SpeedCase speedCase in SpeedCase.All)
{
    using var device = new TorchDevice(kind);
    using var ours = new SpeedTraining(speedCase, threads: 1);
    using var theirs = new SpeedTraining(speedCase, threads: 1, device);
    ours.Turn(StepsOfTurn);
    theirs.Turn(StepsOfTurn);
    (double Ours, double Theirs)[] turns = [.. Enumerable.Range(0, Turns).Select(_ => (ours.Turn(StepsOfTurn), theirs.Turn(StepsOfTurn)))];
    double[] ratios = [.. turns.Select(turn => turn.Theirs / turn.Ours).Order()];
    Console.WriteLine($"| {speedCase.Name} | {1000 * Median(turns.Select(turn => turn.Ours)):F2} | {1000 * Median(turns.Select(turn => turn.Theirs)):F2} | {ratios[Turns / 2]:F2} | {ratios[0]:F2} to {ratios[^1]:F2} |");
}

Console.WriteLine();
Console.WriteLine($"| Networks | Loss, mean of the first {FirstSteps} steps | Engine | TorchSharp | relative difference |");
Console.WriteLine("|---|---|---|---|---|");
foreach (SpeedCase speedCase in SpeedCase.All)
{
    using var device = new TorchDevice(kind);
    using var ours = new SpeedTraining(speedCase, threads: 1);
    using var theirs = new SpeedTraining(speedCase, threads: 1, device);
    IReadOnlyList<NamedLoss> own = ours.First(FirstSteps), other = theirs.First(FirstSteps);
    for (int i = 0; i < own.Count; i++)
        Console.WriteLine($"| {speedCase.Name} | {own[i].Name} | {own[i].Value:G6} | {other[i].Value:G6} | {Math.Abs(own[i].Value - other[i].Value) / Math.Max(1e-12, Math.Abs(own[i].Value)):E1} |");
}

static double Median(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return sorted[sorted.Length / 2];
}
