using Orleans;
using Orleans.Runtime;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>Where a job stands.</summary>
internal enum JobState
{
    /// <summary>The grain knows nothing of it: it was not begun, or the silo that had it is gone, or nobody asked for it for long.</summary>
    Unknown,

    /// <summary>It waits for a core.</summary>
    Queued,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It is done, and the result is here.</summary>
    Done,

    /// <summary>It is done, and the result is to be fetched.</summary>
    DoneAndLarge,

    /// <summary>It failed, and would fail everywhere.</summary>
    Failed,

    /// <summary>It failed for want of a file or of memory: another silo may have them.</summary>
    FailedHere,

    /// <summary>Training diverged: all parts of the fit are to begin anew.</summary>
    Diverged,
}

/// <summary>What a silo says of a job.</summary>
[GenerateSerializer, Immutable, Alias("Adversarial.JobStatus")]
internal sealed class JobStatus
{
    [Id(0)]
    public JobState State { get; init; }

    /// <summary>Where it is done.</summary>
    [Id(1)]
    public byte[] Result { get; init; } = [];

    /// <summary>Why it failed.</summary>
    [Id(2)]
    public string Failure { get; init; } = "";

    /// <summary>Name and address of the silo.</summary>
    [Id(3)]
    public string Silo { get; init; } = "";

    /// <summary>Jobs that the silo runs at a time.</summary>
    [Id(4)]
    public int Slots { get; init; }

    /// <summary>The silo's address.</summary>
    [Id(6)]
    public SiloAddress? Address { get; init; }

    /// <summary>Seconds that it ran.</summary>
    [Id(5)]
    public double Seconds { get; init; }
}
