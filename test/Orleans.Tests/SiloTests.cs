using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.ML.Adversarial.Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace ClusterTests;

/// <summary>What a silo lets jobs have, and where a caller puts them.</summary>
public class SiloTests
{
    [Fact]
    public void JobsReachTheirFoldersOnly()
    {
        using var folder = new TemporaryFolder();
        string inside = Directory.CreateDirectory(folder["inside"]).FullName, outside = Directory.CreateDirectory(folder["inside-not"]).FullName;
        JobContext context = Context(new DetectorSiloOptions { Folders = [inside] });
        context.Require(Path.Combine(inside, "a", "b.csv"));
        Directory.CreateSymbolicLink(Path.Combine(inside, "way-out"), outside);
        foreach (string path in (string[])[Path.Combine(outside, "b.csv"), Path.Combine(inside, "..", "b.csv"), Path.Combine(inside, "way-out", "b.csv")])
            Assert.Throws<InvalidOperationException>(() => context.Require(path));
        Context(new DetectorSiloOptions()).Require(outside);
    }

    [Fact]
    public async Task NoMoreJobsRunThanThereAreSlots()
    {
        JobContext context = Context(new DetectorSiloOptions { JobsAtATime = 2 });
        IDisposable first = await context.TakeSlotAsync(default), second = await context.TakeSlotAsync(default);
        Task<IDisposable> third = context.TakeSlotAsync(default);
        Assert.False(third.IsCompleted);
        first.Dispose();
        (await third).Dispose();
        second.Dispose();
    }

    [Fact]
    public void OptionsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DetectorSiloOptions { JobsAtATime = 0 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new DetectorSiloOptions { ThreadsPerJob = 0 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new DetectorSiloOptions { Folders = ["/no/such/folder"] }.Validate());
    }

    [Fact]
    public void TheNextJobGoesWhereItWaitsLeast()
    {
        SiloAddress small = Address(1), large = Address(2), late = Address(3);
        var loads = new SiloLoads();
        Assert.Null(loads.Take());
        loads.Update([small, large]);
        loads.Learn(small, 1);
        loads.Learn(large, 3);
        Assert.Equal(4, loads.Slots);
        SiloAddress?[] taken = [.. Enumerable.Range(0, 8).Select(_ => loads.Take())];
        Assert.Equal(2, taken.Count(silo => silo!.Equals(small)));
        loads.Update([small, large, late]);
        Assert.Equal(late, loads.Take());
        loads.Update([small, late]);
        loads.Release(large);
        loads.Move(late, small);
        Assert.Equal(late, loads.Take());
    }

    private static SiloAddress Address(int port) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 1);

    private static JobContext Context(DetectorSiloOptions options) => new(options, Options.Create(new SiloMessagingOptions()));
}
