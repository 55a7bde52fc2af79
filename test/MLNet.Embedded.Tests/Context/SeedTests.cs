using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embedded.Tests.Context;

public sealed class SeedTests
{
    [Fact]
    public void SameSeedAndOrderGiveTheSameStreams() => Assert.Equal(Draw(new MLContext(1), "a", "b"), Draw(new MLContext(1), "a", "b"));

    [Fact]
    public void EqualNamesGiveDifferentStreams()
    {
        int[] drawn = Draw(new MLContext(1), "a", "a");
        Assert.NotEqual(drawn[0], drawn[1]);
    }

    [Fact]
    public void OrderOfCreationMatters()
    {
        IHostEnvironment first = new MLContext(1);
        IHostEnvironment second = new MLContext(1);
        second.Register("before");
        Assert.NotEqual(first.Register("a").Rand.Next(), second.Register("a").Rand.Next());
    }

    [Fact]
    public void GivenSeedPinsTheStream()
    {
        IHostEnvironment env = new MLContext();
        Assert.Equal(env.Register("a", seed: 5).Rand.Next(), env.Register("b", seed: 5).Rand.Next());
    }

    [Fact]
    public void WithoutASeedRunsDiffer() => Assert.NotEqual(Draw(new MLContext(), "a"), Draw(new MLContext(), "a"));

    private static int[] Draw(IHostEnvironment env, params string[] names) =>
        names.Select(name => env.Register(name).Rand.Next()).ToArray();
}
