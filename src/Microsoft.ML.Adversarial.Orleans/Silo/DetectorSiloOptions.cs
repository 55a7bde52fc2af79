namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>What a silo gives to the jobs of detectors.</summary>
public sealed class DetectorSiloOptions
{
    /// <summary>Jobs that run at a time, at least 1; others wait. Null: one for each processor, divided by <see cref="ThreadsPerJob"/>.</summary>
    public int? JobsAtATime { get; set; }

    /// <summary>Threads of one fit, at least 1. No result depends on it.</summary>
    public int ThreadsPerJob { get; set; } = 1;

    /// <summary>
    /// The folders that jobs may read and write, with all that is in them; null: whatever the silo's user may. Who reaches a silo's ports can give it
    /// jobs: name the folders, and keep the ports on a private network.
    /// </summary>
    public IReadOnlyList<string>? Folders { get; set; }

    /// <summary>Checks each option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    internal void Validate()
    {
        if (JobsAtATime is < 1)
            throw new ArgumentOutOfRangeException(nameof(JobsAtATime), JobsAtATime, $"Option {nameof(JobsAtATime)} must be null or at least 1.");
        if (ThreadsPerJob is < 1 or > 1024)
            throw new ArgumentOutOfRangeException(nameof(ThreadsPerJob), ThreadsPerJob, $"Option {nameof(ThreadsPerJob)} must be 1 to 1024.");
        if (Folders is not null && Folders.FirstOrDefault(folder => string.IsNullOrWhiteSpace(folder) || !Directory.Exists(folder)) is { } missing)
            throw new ArgumentOutOfRangeException(nameof(Folders), missing, $"Option {nameof(Folders)} names '{missing}', which does not exist: create it.");
    }
}
