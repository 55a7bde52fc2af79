using Adversarial.Detectors;
using Orleans;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>Scores one file of a data set. The output is there when it is complete, and not before.</summary>
[GenerateSerializer, Alias("Adversarial.ScoreJob")]
internal sealed class ScoreJob : Job
{
    /// <summary>The model's file.</summary>
    [Id(0)]
    public required string Model { get; init; }

    /// <summary>Its SHA-256: a silo that finds another file there is not to score.</summary>
    [Id(1)]
    public required byte[] ModelHash { get; init; }

    [Id(2)]
    public required string Input { get; init; }

    [Id(3)]
    public required ClusterFileFormat Format { get; init; }

    [Id(4)]
    public required string Output { get; init; }

    /// <inheritdoc/>
    public override byte[] Run(JobContext context, CancellationToken cancellation)
    {
        Array.ForEach([Model, Input, Output], context.Require);
        if (!Directory.Exists(Path.GetDirectoryName(Output)))
            throw new DirectoryNotFoundException($"The folder of '{Output}' does not exist on {Environment.MachineName}: create it.");
        var ml = new MLContext();
        IDataView scored = context.Models.Get(Model, ModelHash).Transform(Format.Open(ml, Input));
        // What a silo that was killed left of this part.
        AtomicFile.Prepare(Output);
        ScoreCounts counts = default;
        AtomicFile.Write(Output, stream => counts = ScoreText.Write(scored, stream, cancellation));
        return counts.ToBytes();
    }
}
