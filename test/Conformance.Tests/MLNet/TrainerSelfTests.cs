using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

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

    [Fact]
    public void EveryTrainerHasACatalogMethod() =>
        Assert.Equal(
            typeof(AnomalyDetectorTrainer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(AnomalyDetectorTrainer)) && !type.IsAbstract && type != typeof(DetectorTrainer)).Select(type => type.Name).Order(),
            TrainerSubject.All.Select(subject => subject.Create().GetType().Name).Distinct().Order());

    [Fact]
    public void EveryVariantIsASubject() =>
        Assert.Equal(DetectorRegistry.All.Sum(descriptor => 1 + descriptor.Variants.Count), TrainerSubject.All.Count);

    [Fact]
    public void ARegisteredToyIsFoundAndFailsByName()
    {
        TrainerSubject toy = TrainerSubject.Find(typeof(ToyCatalog).Assembly).First();
        Assert.Equal("ForgetfulDa3d (default)", toy.Name);
        Assert.Equal(["28a", "28g"], TrainerCheck.All.Where(check => Record.Exception(() => check.Run(toy)) is not null).Select(Number));
    }

    private static string Number(TrainerCheck check) => check.Name.Split(' ')[0];
}
