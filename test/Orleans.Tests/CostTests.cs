using System.Diagnostics;
using Microsoft.ML.Adversarial.Orleans;
using Orleans;

namespace ClusterTests;

/// <summary>What a call and a byte cost: the figures of docs/scale.md.</summary>
public class CostTests(TwoSilos cluster, ITestOutputHelper output) : IClassFixture<TwoSilos>
{
    private const int Calls = 2000;
    private const int Megabytes = 16;
    private const int Repetitions = 5;

    [Fact]
    public async Task CallsAndBytes()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("ADVERSARIAL_FULL_TESTS") == "1", "Only with ADVERSARIAL_FULL_TESTS=1.");
        IJobGrain grain = await DoneAsync(new EchoJob { Name = "small" });
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            double one = await SecondsAsync(async () =>
            {
                for (int i = 0; i < Calls; i++)
                    await grain.PollAsync(TimeSpan.Zero);
            });
            double many = await SecondsAsync(() => Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => grain.PollAsync(TimeSpan.Zero))));
            output.WriteLine(FormattableString.Invariant($"A call: {one / Calls * 1e3:F3} ms; {Calls / many:F0} calls/s where all are under way at a time"));
        }

        var bytes = new byte[Megabytes << 20];
        new Random(1).NextBytes(bytes);
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            IJobGrain there = cluster.Client.GetGrain<IJobGrain>(Guid.NewGuid().ToString());
            double go = await SecondsAsync(() => there.StartAsync(new EchoJob { Name = "large", Bytes = bytes }));
            while ((await there.PollAsync(TimeSpan.FromSeconds(1))).State != JobState.DoneAndLarge)
            {
            }

            JobStatus status = new();
            double back = await SecondsAsync(async () => status = await there.FetchAsync());
            Assert.Equal(bytes, status.Result);
            await there.ForgetAsync();
            output.WriteLine(FormattableString.Invariant($"{Megabytes} MiB: {go * 1e3:F0} ms there, {back * 1e3:F0} ms back: {Megabytes / go:F0} and {Megabytes / back:F0} MiB/s"));
        }
    }

    private async Task<IJobGrain> DoneAsync(Job job)
    {
        IJobGrain grain = cluster.Client.GetGrain<IJobGrain>(Guid.NewGuid().ToString());
        await grain.StartAsync(job);
        while ((await grain.PollAsync(TimeSpan.FromSeconds(1))).State != JobState.Done)
        {
        }

        return grain;
    }

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        long begun = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}

/// <summary>Gives back what it was given.</summary>
[GenerateSerializer, Alias("Adversarial.Tests.EchoJob")]
internal sealed class EchoJob : Job
{
    [Id(0)]
    public byte[] Bytes { get; init; } = [];

    public override byte[] Run(JobContext context, CancellationToken cancellation) => Bytes;
}
