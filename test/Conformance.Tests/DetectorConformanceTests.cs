[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Conformance.Tests;

/// <summary>Every check on every registered method and variant; a new method is tested without editing a test.</summary>
public class DetectorConformanceTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (Subject subject in Subject.All)
            {
                foreach (Check check in Check.All.Where(check => subject.Variant == Subject.Default || !check.DefaultOnly))
                    cases.Add(subject.ToString(), check.Name);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Passes(string subjectName, string checkName)
    {
        Subject subject = Subject.All.Single(candidate => candidate.ToString() == subjectName);
        if (subject.Descriptor.Card.SkippedChecks.TryGetValue(checkName, out string? reason))
            Assert.Skip(reason);
        Check.All.Single(check => check.Name == checkName).Run(subject);
    }
}
