namespace Adversarial.Detectors.Tests;

/// <summary>Work follows rows and width.</summary>
public class WorkBudgetTests
{
    [Fact]
    public void It_grows_slower_than_the_table()
    {
        Assert.InRange(WorkBudget.Of(100_000, 50) / WorkBudget.Of(1000, 50), 30, 50);
        Assert.Equal(0.5, WorkBudget.Of(250, 50) / WorkBudget.Of(1000, 50), 6);
        Assert.InRange(WorkBudget.Of(1000, 1000) / WorkBudget.Of(1000, 100), 5, 7);
        Assert.Equal(WorkBudget.Of(1000, 3), WorkBudget.Of(1000, 100));
    }

    [Theory]
    [InlineData(1e9, 1, 4000)]
    [InlineData(1e9, 1e6, 1000)]
    [InlineData(1e9, 1e9, 300)]
    public void Steps_lie_between_least_and_wanted(double budget, double work, int expected) => Assert.Equal(expected, WorkBudget.Steps(4000, 300, budget, work));

    [Fact]
    public void The_rate_rises_where_steps_are_left_out_and_never_falls()
    {
        Assert.Equal(1e-4f, WorkBudget.Rate(1e-4f, 4000, 4000, 1e-3f));
        Assert.Equal(1e-3f, WorkBudget.Rate(1e-4f, 4000, 10, 1e-3f));
        Assert.Equal(2e-3f, WorkBudget.Rate(2e-3f, 4000, 10, 1e-3f));
    }
}
