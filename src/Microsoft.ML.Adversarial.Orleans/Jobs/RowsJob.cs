using Adversarial.Detectors;
using Orleans;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>A job of one method that learns from rows.</summary>
[GenerateSerializer, Alias("Adversarial.RowsJob")]
internal abstract class RowsJob : Job
{
    /// <summary>The method's name.</summary>
    [Id(0)]
    public required string Method { get; init; }

    /// <summary>Its options as the registry writes them.</summary>
    [Id(1)]
    public required string Options { get; init; }

    [Id(2)]
    public required ClusterRows Rows { get; init; }

    /// <inheritdoc/>
    public sealed override byte[] Run(JobContext context, CancellationToken cancellation)
    {
        if (Rows.File is { } file)
            context.Require(file);
        return Run(DetectorRegistry.Get(Method).FromJson(Options), context, cancellation);
    }

    /// <summary>Does it.</summary>
    /// <param name="options">The method's options, the job's own.</param>
    /// <param name="context">Where it runs.</param>
    /// <param name="cancellation">Ends it.</param>
    protected abstract byte[] Run(DetectorOptions options, JobContext context, CancellationToken cancellation);

    /// <summary>Refuses options that do not travel.</summary>
    /// <exception cref="ArgumentException">There are such.</exception>
    public static void RequireTravelling(DetectorOptions? options, string parameter)
    {
        if (options is NetworkDetectorOptions { TrainingDevice: not null })
            throw new ArgumentException($"Option {nameof(NetworkDetectorOptions.TrainingDevice)} does not reach the silos, which train on their processors: leave it out.", parameter);
    }
}
