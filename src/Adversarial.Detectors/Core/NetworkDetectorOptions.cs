using System.Text.Json.Serialization;
using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>What a fit does when its <see cref="DetectorOptions.CancellationToken"/> is cancelled.</summary>
public enum CancellationBehavior
{
    /// <summary>Throws <see cref="OperationCanceledException"/>; nothing is kept.</summary>
    Throw,

    /// <summary>Ends training and returns the detector as trained so far.</summary>
    KeepSoFar,
}

/// <summary>Options of detectors that train networks.</summary>
public abstract class NetworkDetectorOptions : DetectorOptions
{
    /// <summary>Rows in a training batch, at least 2. Null leaves it to the method: 128 below 200,000 rows and 512 from there unless its README says otherwise; of images larger than 32 x 32 x 3 fewer, but at least 16.</summary>
    [SearchRange(32, 512, IsLogarithmic = true)]
    public int? BatchSize { get; set; }

    /// <summary>
    /// Number of detectors that are trained with different random numbers and score together, 1 to 100. With more than one the score is
    /// the mean of theirs, each in standard deviations from the mean of its training scores; one alone scores as its method does. Time
    /// and model size grow with it, the spread over seeds shrinks.
    /// </summary>
    public int EnsembleSize { get; set; } = 1;

    /// <summary>Most steps of each phase, at least 1: training ends there even where epochs are left. Null sets no bound.</summary>
    public int? MaximumNumberOfSteps { get; set; }

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

    internal override int PartCount => EnsembleSize;

    /// <summary>
    /// Where networks are trained; null: on the processor, by the engine's own kernels. The trained weights are brought to the processor, where
    /// the detector is calibrated and scores: a model needs nothing of the device, and its file does not name it. Another device draws the same
    /// random numbers and rounds otherwise, so that its models differ a little; <see cref="DetectorOptions.NumberOfThreads"/> does not bound its threads.
    /// </summary>
    [JsonIgnore]
    public IDeviceFactory? TrainingDevice { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(BatchSize is null or >= 2, nameof(BatchSize), BatchSize, "at least 2");
        Require(EnsembleSize is >= 1 and <= 100, nameof(EnsembleSize), EnsembleSize, "1 to 100");
        Require(MaximumNumberOfSteps is null or >= 1, nameof(MaximumNumberOfSteps), MaximumNumberOfSteps, "at least 1");
        Require(CheckpointPath is null || CheckpointPath.Trim().Length > 0, nameof(CheckpointPath), CheckpointPath, "null or the path of a file");
        Require(CheckpointPath is null || MaximumTrainingRows is null || Seed is not null, nameof(Seed), Seed, $"set beside {nameof(CheckpointPath)} and {nameof(MaximumTrainingRows)}: a fit that goes on has to draw the same rows");
        Require(CheckpointInterval >= TimeSpan.Zero, nameof(CheckpointInterval), CheckpointInterval, "at least 0");
        Require(Enum.IsDefined(CancellationBehavior), nameof(CancellationBehavior), CancellationBehavior, "a defined value");
    }
}
