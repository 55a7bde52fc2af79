[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Conformance.Tests;

/// <summary>Every check on every registered method, in a full run on its variants too; a new method is tested without editing a test.</summary>
public class DetectorConformanceTests
{
    // A name or a part of it, to work on one method or variant.
    private static readonly string _wanted = Environment.GetEnvironmentVariable("ADVERSARIAL_SUBJECTS") ?? "";

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (Subject subject in Subject.All.Where(subject => (FullRun.IsOn || subject.Variant == Subject.Default) && subject.ToString().Contains(_wanted, StringComparison.Ordinal)))
            {
                foreach (Check check in Check.All.Where(check => check.AppliesTo(subject) && (FullRun.IsOn || !check.IsSlow)))
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
        IReadOnlyDictionary<string, string> skips = subject.Descriptor.Card.SkippedChecks;
        if (skips.TryGetValue(checkName, out string? reason) || skips.TryGetValue($"{checkName} ({subject.Variant})", out reason))
            Assert.Skip(reason);
        Check.All.Single(check => check.Name == checkName).Run(subject);
    }
}
