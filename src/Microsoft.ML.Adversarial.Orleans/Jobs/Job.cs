using Orleans;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>Work that runs on one silo. Run twice it gives the same bytes, or the same file.</summary>
[GenerateSerializer, Alias("Adversarial.Job")]
internal abstract class Job
{
    /// <summary>What it is, for messages: "member 2 of 5".</summary>
    [Id(0)]
    public string Name { get; init; } = "";

    /// <summary>Does it, on a thread of its own.</summary>
    /// <returns>The result; the caller knows what it means.</returns>
    public abstract byte[] Run(JobContext context, CancellationToken cancellation);
}
