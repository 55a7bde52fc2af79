using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>What a silo's jobs share: its cores, its models, what they may reach.</summary>
internal sealed class JobContext
{
    private readonly SemaphoreSlim _free;
    private readonly string[]? _folders;

    public JobContext(DetectorSiloOptions options, IOptions<SiloMessagingOptions> messaging)
    {
        Threads = options.ThreadsPerJob;
        Slots = options.JobsAtATime ?? Math.Max(1, Environment.ProcessorCount / options.ThreadsPerJob);
        MostResultBytes = messaging.Value.MaxMessageBodySize;
        _free = new SemaphoreSlim(Slots);
        _folders = options.Folders?.Select(folder => Path.TrimEndingDirectorySeparator(Real(folder)) + Path.DirectorySeparatorChar).ToArray();
    }

    /// <summary>Threads of a fit.</summary>
    public int Threads { get; }

    /// <summary>Jobs that run at a time.</summary>
    public int Slots { get; }

    /// <summary>Bytes that a message takes.</summary>
    public int MostResultBytes { get; }

    /// <summary>The models of jobs that score.</summary>
    public ScoringModels Models { get; } = new();

    /// <summary>Waits for a core; it is free again when what is given is disposed of.</summary>
    public async Task<IDisposable> TakeSlotAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        return new Slot(_free);
    }

    /// <summary>Refuses files outside the folders that jobs may reach.</summary>
    /// <exception cref="InvalidOperationException">It is.</exception>
    public void Require(string path)
    {
        string real = Real(path);
        if (_folders is not null && !Array.Exists(_folders, folder => real.StartsWith(folder, StringComparison.Ordinal)))
            throw new InvalidOperationException($"'{path}' is in none of the folders that this silo's jobs may reach: {string.Join(", ", _folders)}. Put it there, or add its folder to option {nameof(DetectorSiloOptions.Folders)}.");
    }

    // Where a link leads, or would lead: a link in an allowed folder is no way out of it.
    private static string Real(string path)
    {
        string full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        FileSystemInfo entry = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
        return entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Real(target.FullName)
            : Path.Combine(Real(parent), Path.GetFileName(full));
    }

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
