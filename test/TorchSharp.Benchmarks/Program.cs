using System.Globalization;
using Adversarial.Benchmarks;
using Microsoft.ML.Adversarial;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Contains("--help"))
{
    Console.Error.WriteLine("usage: TorchSharp.Benchmarks [--device cpu|cuda] [--only TEXT] [--output FOLDER]");
    return 2;
}

string? only = CommandLine.Option(args, "--only"), output = CommandLine.Option(args, "--output"), device = CommandLine.Option(args, "--device");
TorchDeviceKind kind = device is null ? TorchDeviceKind.Cpu : Enum.Parse<TorchDeviceKind>(device, ignoreCase: true);
using (new TorchDevice(kind))
    torch.set_num_threads(1);
List<StepResult> results = [];
foreach (SpeedCase speedCase in StepRace.Cases.Where(known => only is null || known.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
{
    results.Add(StepRace.Run(speedCase, kind));
    Console.WriteLine(StepPage.Line(results[^1]));
}

// A page of some cases alone is written only where one is asked for.
if (only is null || output is not null)
    StepPage.Write(output ?? RepositoryFolder.Docs("benchmarks"), kind, results);
return 0;
