using Adversarial.Mutations;

namespace Adversarial.Detectors.Tests;

/// <summary>Checkpoints that were changed behind their checksum: refused with the file's name, or a fit that ends as every fit.</summary>
public sealed class CheckpointMutationTests : IDisposable
{
    private const int Head = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("adversarial").FullName;

    private string CheckpointFile => Path.Combine(_folder, "fit.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Methods => [.. SmallModels.NetworkMethods];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_changed_checkpoint_is_refused_or_resumed(string method)
    {
        byte[] file = BrokenOff(method);
        byte[] content = Frame.Content(file);
        int count = MutationRun.Count / SmallModels.NetworkMethods.Count();
        IReadOnlyList<string> faults = MutationRun.Faults(count, random => Resume(method, Frame.With(file, Mutation.Of(content, Head, random))),
            failure => failure is TrainingDivergedException
                || (failure is FormatException or InvalidOperationException && failure.Message.Contains(CheckpointFile, StringComparison.Ordinal)),
            out int refused);
        Assert.True(faults.Count == 0, string.Join("; ", faults));
        Assert.InRange(refused, count / 10, count - count / 20);
    }

    private byte[] BrokenOff(string method)
    {
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => SmallModels.FitNetworks(method, options =>
        {
            (options.EnsembleSize, options.BatchSize, options.MaximumNumberOfSteps) = (1, 10, 6);
            (options.CheckpointPath, options.CancellationToken) = (CheckpointFile, source.Token);
            options.Progress = new Listener(report =>
            {
                if (report.Step == 3)
                    source.Cancel();
            });
        }));
        return File.ReadAllBytes(CheckpointFile);
    }

    private string? Resume(string method, byte[] file)
    {
        File.WriteAllBytes(CheckpointFile, file);
        Detector detector = SmallModels.FitNetworks(method, options =>
        {
            (options.EnsembleSize, options.BatchSize, options.MaximumNumberOfSteps) = (1, 10, 6);
            (options.Seed, options.CheckpointPath) = (null, CheckpointFile);
        });
        return detector.TrainingScores.ToArray().All(float.IsFinite) ? null : "a score that is not finite";
    }
}
