using Conformance.Tests;
using Microsoft.ML.Adversarial;

namespace TorchSharp.Tests;

/// <summary>The checks of every method that trains networks, trained on LibTorch's device; models are compared with those of the same device alone.</summary>
public class TorchConformanceTests
{
    // What uses most of the operations; the others take long, and a full run has them.
    private static readonly string[] _always = ["DA3D", "DAGMM"];

    private static readonly string _wanted = Environment.GetEnvironmentVariable("ADVERSARIAL_SUBJECTS") ?? "";

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (Subject subject in Subject.All.Where(subject => subject.TrainsNetworks && subject.Variant == Subject.Default
                && (FullRun.IsOn || _always.Contains(subject.Descriptor.Name)) && subject.ToString().Contains(_wanted, StringComparison.Ordinal)))
            {
                foreach (Check check in Check.All.Where(check => check.AppliesTo(subject) && !check.IsSlow))
                    cases.Add(subject.ToString(), check.Name);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Passes(string subjectName, string checkName)
    {
        Torch.Require();
        Subject subject = Subject.All.Single(candidate => candidate.ToString() == subjectName);
        IReadOnlyDictionary<string, string> skips = subject.Descriptor.Card.SkippedChecks;
        if (skips.TryGetValue(checkName, out string? reason) || skips.TryGetValue($"{checkName} ({subject.Variant})", out reason))
            Assert.Skip(reason);
        Subject.TrainingDevice = new TorchDeviceFactory(TorchDeviceKind.Cpu);
        try
        {
            Check.All.Single(check => check.Name == checkName).Run(subject);
        }
        finally
        {
            Subject.TrainingDevice = null;
        }
    }
}
