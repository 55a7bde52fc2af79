using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>What a fit does when its <see cref="DetectorOptions.CancellationToken"/> is cancelled.</summary>
public enum CancellationBehavior
{
    /// <summary>Throws <see cref="OperationCanceledException"/>; nothing is kept.</summary>
    Throw,

    /// <summary>Ends training and returns the detector as trained so far.</summary>
    KeepSoFar,
}

/// <summary>Options that every detector has.</summary>
public abstract class DetectorOptions
{
    private const int MostLayers = 256;

    /// <summary>Seed of all random numbers: equal seeds give bit-equal models at any number of threads. Null draws a seed.</summary>
    public int? Seed { get; set; }

    /// <summary>Rows in a training batch, at least 2. Null leaves it to the method: 128 below 200,000 rows and 512 from there unless its README says otherwise.</summary>
    public int? BatchSize { get; set; }

    /// <summary>
    /// Number of detectors that are trained with different random numbers and score together, 1 to 100. With more than one the score is
    /// the mean of theirs, each in standard deviations from the mean of its training scores; one alone scores as its method does. Time
    /// and model size grow with it, the spread over seeds shrinks.
    /// </summary>
    public int EnsembleSize { get; set; } = 1;

    /// <summary>Most steps of each phase, at least 1: training ends there even where epochs are left. Null sets no bound.</summary>
    public int? MaximumNumberOfSteps { get; set; }

    /// <summary>Threads that train, at least 1. Null takes all processors, at most 8. The result does not depend on it.</summary>
    public int? NumberOfThreads { get; set; }

    /// <summary>
    /// Share of the training rows that the threshold flags, in [0, 0.5]. With training rows that are all normal this is the false positive
    /// rate on such rows.
    /// </summary>
    public double Contamination { get; set; } = 0.05;

    /// <summary>Quantile of the training scores that becomes the threshold, in [0, 1]; where it is set it goes before <see cref="Contamination"/>.</summary>
    public double? ThresholdQuantile { get; set; }

    /// <summary>
    /// Learns an affine scaling of each feature to [0, 1] from the training rows and keeps it with the model. A feature that lies in [0, 1]
    /// and fills at least half of it stays as it is. New rows are scaled alike and may leave the range.
    /// </summary>
    public bool NormalizeInput { get; set; } = true;

    /// <summary>
    /// How much a row's score is raised where a feature leaves its range in the training rows, at least 0; 0 leaves scores to the networks. At
    /// 1 a feature that is a whole range away puts the row above all training rows. Rows within all ranges keep their scores to the bit.
    /// </summary>
    public float OutOfRangeWeight { get; set; } = 1;

    /// <summary>Told of progress at least once an epoch; exceptions it throws are swallowed.</summary>
    [JsonIgnore]
    public IProgress<TrainingProgress>? Progress { get; set; }

    /// <summary>Observed before each training step.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; set; }

    /// <summary>What cancellation does.</summary>
    public CancellationBehavior CancellationBehavior { get; set; }

    /// <summary>
    /// File in which a fit keeps its state while it goes on, in an existing folder; null keeps none. A fit that finds there the checkpoint of a
    /// fit of the same rows with the same options goes on where that one was cancelled or broken off, and ends with the very model that it
    /// would have given; any other file is refused. A fit that is done, or fails for good, deletes it. Fits that run at a time need different files.
    /// </summary>
    [JsonIgnore]
    public string? CheckpointPath { get; set; }

    /// <summary>Time between two writings of the checkpoint, at least 0; cancelling writes it too.</summary>
    [JsonIgnore]
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Known anomalies that a fit with these options needs at least; 0 where it uses none.</summary>
    [JsonIgnore]
    public virtual int LeastAnomalies => 0;

    /// <summary>An independent copy.</summary>
    public virtual DetectorOptions Clone() => (DetectorOptions)MemberwiseClone();

    /// <summary>Checks each option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public virtual void Validate()
    {
        Require(BatchSize is null or >= 2, nameof(BatchSize), BatchSize, "at least 2");
        Require(EnsembleSize is >= 1 and <= 100, nameof(EnsembleSize), EnsembleSize, "1 to 100");
        Require(MaximumNumberOfSteps is null or >= 1, nameof(MaximumNumberOfSteps), MaximumNumberOfSteps, "at least 1");
        Require(NumberOfThreads is null or (>= 1 and <= 1024), nameof(NumberOfThreads), NumberOfThreads, "1 to 1024");
        Require(Contamination is >= 0 and <= 0.5, nameof(Contamination), Contamination, "in [0, 0.5]");
        Require(ThresholdQuantile is null or (>= 0 and <= 1), nameof(ThresholdQuantile), ThresholdQuantile, "in [0, 1]");
        Require(float.IsFinite(OutOfRangeWeight) && OutOfRangeWeight >= 0, nameof(OutOfRangeWeight), OutOfRangeWeight, "a finite number, at least 0");
        Require(CheckpointPath is null || CheckpointPath.Trim().Length > 0, nameof(CheckpointPath), CheckpointPath, "null or the path of a file");
        Require(CheckpointInterval >= TimeSpan.Zero, nameof(CheckpointInterval), CheckpointInterval, "at least 0");
        Require(Enum.IsDefined(CancellationBehavior), nameof(CancellationBehavior), CancellationBehavior, "a defined value");
    }

    /// <summary>Throws if an option is not as required.</summary>
    protected static void Require(bool valid, string option, object? value, string requirement)
    {
        if (!valid)
            throw new ArgumentOutOfRangeException(option, value, $"Option {option} must be {requirement}.");
    }

    /// <summary>Throws if a number is not finite and positive.</summary>
    protected static void RequirePositive(string option, double value) =>
        Require(double.IsFinite(value) && value > 0, option, value, "a finite number above 0");

    /// <summary>Throws if a list of layer sizes, where given, is empty or too long, or holds a size out of range.</summary>
    protected static void RequireSizes(string option, int[]? sizes) =>
        Require(sizes is null || (sizes.Length is >= 1 and <= MostLayers && sizes.All(size => size is >= 1 and <= 65536)), option,
            sizes is null ? null : $"[{string.Join(", ", sizes.Take(MostLayers))}]", $"null or a list of at most {MostLayers} sizes from 1 to 65536");
}
