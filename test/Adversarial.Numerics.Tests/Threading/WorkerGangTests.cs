namespace Adversarial.Numerics.Tests;

public class WorkerGangTests
{
    private struct Count(int[] done) : IParallelJob
    {
        public readonly void Run(int part) => Interlocked.Increment(ref done[part]);
    }

    private struct Fail : IParallelJob
    {
        public readonly void Run(int part) => throw new InvalidOperationException($"part {part}");
    }

    private struct Nested(WorkerGang gang, int[] done) : IParallelJob
    {
        public readonly void Run(int part)
        {
            Count inner = new(done);
            gang.Run(ref inner, done.Length);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void EveryPartRunsOnce(int threads)
    {
        using WorkerGang gang = new(threads);
        for (int round = 0; round < 20_000; round++)
        {
            int[] done = new int[round % 7];
            Count job = new(done);
            gang.Run(ref job, done.Length);
            Assert.All(done, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void SleepingWorkersAreWoken()
    {
        using WorkerGang gang = new(2);
        for (int round = 0; round < 5; round++)
        {
            Thread.Sleep(20);
            Meeting job = new(new Barrier(2));
            gang.Run(ref job, 2);
        }
    }

    // Only two threads at once can get past it.
    private struct Meeting(Barrier barrier) : IParallelJob
    {
        public readonly void Run(int part) => Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void AFailureReachesTheCallerAndTheGangLivesOn()
    {
        using WorkerGang gang = new(3);
        for (int round = 0; round < 100; round++)
        {
            Fail job = default;
            Assert.Throws<InvalidOperationException>(() => gang.Run(ref job, 4));
            int[] done = new int[5];
            Count count = new(done);
            gang.Run(ref count, 5);
            Assert.Equal([1, 1, 1, 1, 1], done);
        }
    }

    [Fact]
    public void ABusyGangRunsAJobOnItsCaller()
    {
        using WorkerGang gang = new(2);
        int[] done = new int[3];
        Nested job = new(gang, done);
        gang.Run(ref job, 4);
        Assert.Equal([4, 4, 4], done);
        Parallel.For(0, 4, _ =>
        {
            for (int round = 0; round < 2000; round++)
            {
                int[] parts = new int[3];
                Count count = new(parts);
                gang.Run(ref count, 3);
                Assert.Equal([1, 1, 1], parts);
            }
        });
    }

    [Fact]
    public void AGangThatIsDisposedOfStillRunsJobs()
    {
        WorkerGang gang = new(2);
        gang.Dispose();
        gang.Dispose();
        int[] done = new int[3];
        Count job = new(done);
        gang.Run(ref job, 3);
        Assert.Equal([1, 1, 1], done);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerGang(0));
    }
}
