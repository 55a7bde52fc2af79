using BenchmarkDotNet.Attributes;

namespace Adversarial.Benchmarks;

/// <summary>A method's training step at the sizes of its paper's networks.</summary>
public class StepMicroBenchmark
{
    private const int StepsOfCall = 20;

    private SpeedTraining? _training;

    /// <summary>Names of the cases.</summary>
    public static IEnumerable<string> Cases => SpeedCase.All.Select(speedCase => speedCase.Name);

    /// <summary>The case.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>Threads that train.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes rows and networks.</summary>
    [GlobalSetup]
    public void Setup() => _training = new SpeedTraining(SpeedCase.All.Single(speedCase => speedCase.Name == Case), Threads);

    /// <summary>Some steps; the optimisers' start is among them.</summary>
    [Benchmark(OperationsPerInvoke = StepsOfCall)]
    public double Step() => _training!.Turn(StepsOfCall);

    /// <summary>Ends the threads.</summary>
    [GlobalCleanup]
    public void Cleanup() => _training!.Dispose();
}
