using Adversarial.Detectors;

namespace Conformance.Tests.MLNet;

/// <summary>The suite itself: each fault makes the checks for it fail, by name, and no other; trainers are found without a list.</summary>
public class TrainerSelfTests
{
    public static TheoryData<string> Toys => [.. BrokenTrainer.All.Select(toy => toy.Subject.Name)];

    [Theory]
    [MemberData(nameof(Toys))]
    public void FailsInTheRightChecks(string name)
    {
        BrokenTrainer toy = BrokenTrainer.All.Single(candidate => candidate.Subject.Name == name);
        var failures = new Dictionary<string, string>();
        foreach (TrainerCheck check in TrainerCheck.All)
        {
            if (Record.Exception(() => check.Run(toy.Subject)) is { } failure)
                failures.Add(Number(check), failure.Message);
        }

        foreach ((string number, string message) in failures)
            TestContext.Current.TestOutputHelper?.WriteLine($"{number}: {message}");
        Assert.Equal(toy.Failing, failures.Keys);
    }

    [Fact]
    public void EveryCheckHasAToyThatFailsIt() =>
        Assert.Equal(TrainerCheck.All.Select(Number), BrokenTrainer.All.SelectMany(toy => toy.Failing).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void EveryRegisteredMethodHasATrainer() =>
        Assert.All(DetectorRegistry.All, descriptor => Assert.Contains(TrainerSubject.All, subject => descriptor.OptionsType.IsInstanceOfType(subject.Options())));

    private static string Number(TrainerCheck check) => check.Name.Split(' ')[0];
}
