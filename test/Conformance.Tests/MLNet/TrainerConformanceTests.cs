namespace Conformance.Tests.MLNet;

/// <summary>Every check on every trainer, in a full run on its variants too; a new trainer is tested without editing a test.</summary>
public class TrainerConformanceTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (TrainerSubject subject in TrainerSubject.All.Where(subject => FullRun.IsOn || subject.IsDefault))
            {
                foreach (TrainerCheck check in TrainerCheck.All)
                    cases.Add(subject.Name, check.Name);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Passes(string subjectName, string checkName)
    {
        TrainerSubject subject = TrainerSubject.All.Single(candidate => candidate.Name == subjectName);
        if (subject.SkippedChecks.TryGetValue(checkName, out string? reason))
            Assert.Skip(reason);
        TrainerCheck.All.Single(check => check.Name == checkName).Run(subject);
    }
}
