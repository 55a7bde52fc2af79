using Adversarial.Detectors;
using Adversarial.Numerics;

namespace Conformance.Tests;

/// <summary>Equal seeds, equal models.</summary>
public static class DeterminismChecks
{
    /// <summary>The checks.</summary>
    public static IReadOnlyList<Check> All { get; } =
    [
        new("11a the same seed gives the same model at 1, 2 and 3 threads", ThreadsDoNotMatter),
        new("11b another seed gives another model", SeedsMatter),
        new("12a seed 0, a negative seed and none are accepted", AnySeed),
        new("12b options are not changed by a fit", OptionsStay),
        new("13 all instruction sets agree over the first steps", InstructionSetsAgree),
    ];

    private static byte[] Model(Detector detector)
    {
        using var stream = new MemoryStream();
        // The number of threads is an option and stands in the file: it is the one thing that may differ.
        detector.Options.NumberOfThreads = 1;
        DetectorFile.Save(detector, stream);
        return stream.ToArray();
    }

    private static void ThreadsDoNotMatter(Subject subject)
    {
        byte[] expected = Model(subject.Fit(subject.Set.Training));
        foreach (int threads in (int[])[1, 2, 3])
            Assert.Equal(expected, Model(subject.Fit(subject.Set.Training, options => options.NumberOfThreads = threads)));
    }

    private static void SeedsMatter(Subject subject) =>
        Assert.NotEqual(subject.Fitted.Score(subject.Set.Test), subject.Fit(subject.Set.Training, options => options.Seed = 2).Score(subject.Set.Test));

    private static void AnySeed(Subject subject)
    {
        foreach (int? seed in (int?[])[0, -7, int.MinValue, null])
            Assert.True(subject.Fit(subject.Set.Training, options => options.Seed = seed, steps: 3).IsFitted);
    }

    private static void OptionsStay(Subject subject)
    {
        DetectorOptions options = subject.Options(5);
        string before = subject.Descriptor.ToJson(options);
        subject.Create(options, subject.Set.Training.Columns).Fit(subject.Set.Training, Subject.Anomalies(options, subject.Set.Training));
        Assert.Equal(before, subject.Descriptor.ToJson(options));
    }

    private static void InstructionSetsAgree(Subject subject)
    {
        // Games of networks that are normalised over maps of few pixels double an error of rounding every few steps.
        int steps = subject.TakesImages ? 8 : 25;
        float[] Scores(InstructionSet set)
        {
            using (Kernels.Force(set))
            {
                return subject.Fit(subject.Set.Training, options =>
                {
                    if (options is NetworkDetectorOptions networks)
                        networks.EnsembleSize = 1;
                    options.CalibrationShare = 0;
                    Subject.SetSizes(options, 36, 20);
                }, steps).Score(subject.Set.Test);
            }
        }

        float[] expected = Scores(InstructionSet.Reference);
        double scale = expected.Max(Math.Abs);
        foreach (InstructionSet set in (InstructionSet[])[InstructionSet.Vector128, InstructionSet.Vector256, InstructionSet.Vector512])
        {
            float[] scores = Scores(set);
            for (int i = 0; i < scores.Length; i++)
                Assert.True(Math.Abs(scores[i] - expected[i]) <= 1e-3 * scale, $"{set}, row {i}: {scores[i]} instead of {expected[i]}");
        }
    }
}
