[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Conformance.Tests;

/// <summary>Every check on every registered method and variant; a new method is tested without editing a test.</summary>
public class DetectorConformanceTests
{
    // Systems that are here to be compared with. By default their variants, all detectors of images, and checks of theirs that fit again and
    // again, are left to ADVERSARIAL_FULL_TESTS=1.
    private static readonly string[] _compared =
    [
        "VAE", "Adversarial autoencoder", "Deep SVDD", "DAGMM", "DSEBM-e", "DSEBM-r", "A3", "EGBAD", "AnoGAN", "f-AnoGAN", "GANomaly", "Fence GAN", "REPEN",
    ];

    private static readonly string[] _longChecks = ["18a contaminated training degrades smoothly", "33a false-alarm rates of new normal rows keep within their bounds"];

    private static bool IsLong(Subject subject, Check check) =>
        subject.TakesImages || _compared.Contains(subject.Descriptor.Name) && (subject.Variant != Subject.Default || _longChecks.Contains(check.Name));

    public static TheoryData<string, string> Cases
    {
        get
        {
            bool full = Environment.GetEnvironmentVariable("ADVERSARIAL_FULL_TESTS") == "1";
            var cases = new TheoryData<string, string>();
            foreach (Subject subject in Subject.All.Where(subject => subject.ToString().Contains(Environment.GetEnvironmentVariable("ADVERSARIAL_SUBJECTS") ?? "", StringComparison.Ordinal)))
            {
                foreach (Check check in Check.All.Where(check => check.AppliesTo(subject) && (full || !IsLong(subject, check))))
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
