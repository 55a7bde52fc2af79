namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>A job of a cluster failed. The message says which one, where, why, and what to do.</summary>
public sealed class ClusterJobException : Exception
{
    internal ClusterJobException(string job, string? silo, int tries, string reason, Exception? cause = null)
        : base($"{job}{(silo is null ? "" : $", on silo {silo}")}, try {tries}: {reason}", cause) => (Job, Silo, Tries) = (job, silo, tries);

    /// <summary>The job.</summary>
    public string Job { get; }

    /// <summary>The silo that had it last; null where none answered.</summary>
    public string? Silo { get; }

    /// <summary>How often it was begun.</summary>
    public int Tries { get; }
}
