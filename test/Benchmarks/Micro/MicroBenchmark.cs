using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Adversarial.Benchmarks;

/// <summary>
/// Products and steps under BenchmarkDotNet, for comparing two states of the code with its statistics, filters and exporters. What is said of
/// ratios and of the ceiling comes from <see cref="SpeedBenchmark"/>, whose sides run turn by turn.
/// </summary>
internal static class MicroBenchmark
{
    public static int Run(string[] args)
    {
        // In this process: the one that BenchmarkDotNet would build does not know this repository's build properties.
        IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        bool ran = BenchmarkSwitcher.FromTypes([typeof(ProductMicroBenchmark), typeof(StepMicroBenchmark)])
            .Run(args.Length == 0 ? ["--filter", "*"] : args, config)
            .All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success));
        return ran ? 0 : 1;
    }
}
