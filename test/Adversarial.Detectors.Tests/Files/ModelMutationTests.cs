using Adversarial.Mutations;

namespace Adversarial.Detectors.Tests;

/// <summary>Model files that were changed behind their checksum: refused, or sound in all that a detector does.</summary>
public class ModelMutationTests
{
    private const int Head = 1200;

    public static TheoryData<string> Methods => [.. SmallModels.Methods];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_changed_model_is_refused_or_sound(string method)
    {
        byte[] file = SmallModels.File(method);
        byte[] content = Frame.Content(file);
        int count = MutationRun.Count / SmallModels.Methods.Count();
        IReadOnlyList<string> faults = MutationRun.Faults(count, random => Use(SmallModels.Load(Frame.With(file, Mutation.Of(content, Head, random)))),
            failure => failure is FormatException, out int refused);
        Assert.True(faults.Count == 0, string.Join("; ", faults));
        Assert.InRange(refused, count / 3, count - 1);
    }

    private static string? Use(Detector detector)
    {
        if (!detector.Score(SmallModels.Rows, threads: 1).All(float.IsFinite))
            return "a score that is not finite";
        if (!detector.Explain(SmallModels.Rows[0]).All(float.IsFinite))
            return "an explanation that is not finite";
        if (!detector.CanGenerate)
            return null;
        FeatureMatrix rows = detector.GenerateAnomalies(3, seed: 1);
        return rows[0].ToArray().All(float.IsFinite) && float.IsFinite(rows[2][0]) ? null : "a generated row that is not finite";
    }
}
