using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options that every detector has.</summary>
public abstract class DetectorOptions
{
    private const int MostLayers = 256;

    /// <summary>Seed of all random numbers: equal seeds give bit-equal models at any number of threads. Null draws a seed.</summary>
    public int? Seed { get; set; }

    /// <summary>Threads that train, at least 1. Null takes all processors, at most 8. The result does not depend on it.</summary>
    public int? NumberOfThreads { get; set; }

    /// <summary>
    /// The most rows that a fit keeps in memory, at least 2: of more normal rows a uniform sample, drawn by <see cref="Seed"/> in one pass, and likewise of
    /// known anomalies. Null keeps all. What is learned, the threshold and <see cref="Detector.TrainingScores"/> are of the rows that are kept.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaximumTrainingRows { get; set; }

    /// <summary>
    /// Share of the training rows that the threshold flags, in [0, 0.5]; of the held-out ones where some are, as <see cref="CalibrationShare"/>
    /// tells. Rows that were trained on score lower than new ones, the more so the fewer they are: held-out ones tell what share of new normal
    /// rows will be flagged.
    /// </summary>
    public double Contamination { get; set; } = 0.05;

    /// <summary>
    /// Quantile of the training scores, or of the held-out ones, that becomes the threshold, in [0, 1]; where it is set it goes before
    /// <see cref="Contamination"/>.
    /// </summary>
    public double? ThresholdQuantile { get; set; }

    /// <summary>
    /// The threshold such that a new normal row exceeds it with at most this probability, in (0, 0.5]; where it is set it goes before
    /// <see cref="ThresholdQuantile"/> and <see cref="Contamination"/>. It takes held-out rows, at least 1 / rate - 1 of them. Where
    /// <see cref="CalibrationShare"/> is null or 0, a fifth of the rows is held out, at least 20 and as many as the rate takes, at most half of the rows,
    /// and no more than 10,000 where the rate does not take more.
    /// </summary>
    /// <remarks>
    /// The probability is over what may be drawn, the held-out rows as well as the new one. It holds for new rows from where the training rows
    /// came from; it does not say what share of the anomalies is found.
    /// </remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double? FalseAlarmRate { get; set; }

    /// <summary>
    /// Share of the normal training rows, in [0, 0.5], drawn by <see cref="Seed"/>, that nothing is learned from: the threshold is chosen by their
    /// scores and the model keeps these, for <see cref="Detector.FalseAlarmRateOf"/>. 0 holds none out unless <see cref="FalseAlarmRate"/> asks for it.
    /// Null lets the method decide: one that scores rows that it was trained on lower than new ones, as networks and the Gaussian mixture do, holds
    /// a fifth of 50 to 10,000 rows out, at most 300, or as many as <see cref="Contamination"/> has ten of; of fewer rows none can be spared, and
    /// of more the training rows themselves tell enough.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CalibrationShare { get; set; }

    /// <summary>What stands between raw features and the method; it is learned from the training rows and kept with the model.</summary>
    [SearchChoices(nameof(InputScaling.Standard), nameof(InputScaling.Robust), nameof(InputScaling.MinMax))]
    public InputScaling InputScaling { get; set; } = InputScaling.Standard;

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

    /// <summary>Known anomalies that a fit with these options needs at least; 0 where it uses none.</summary>
    [JsonIgnore]
    public virtual int LeastAnomalies => 0;

    /// <summary>Gives options that are not in an earlier model's text what they were then, so that its networks are made as they were.</summary>
    /// <param name="version">Format version of the model file.</param>
    /// <param name="columns">Number of features.</param>
    internal virtual void UseDefaultsOf(int version, int columns)
    {
        // Before format 5 a method's own bound had this name.
        if (version < 5 && this is IKeepsRows keeper && MaximumTrainingRows is int most)
            (keeper.MaximumKeptRows, MaximumTrainingRows) = (most, null);
    }

    /// <summary>What is done to rows that are images; null where they are a table.</summary>
    internal virtual ImageInput? Images => null;

    /// <summary>Number of parts that a fit falls into which need nothing of each other; 1 where it is to run in one place.</summary>
    internal virtual int PartCount => 1;

    /// <summary>An independent copy.</summary>
    public virtual DetectorOptions Clone() => (DetectorOptions)MemberwiseClone();

    /// <summary>Checks each option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public virtual void Validate()
    {
        Require(NumberOfThreads is null or (>= 1 and <= 1024), nameof(NumberOfThreads), NumberOfThreads, "1 to 1024");
        Require(MaximumTrainingRows is null or >= 2, nameof(MaximumTrainingRows), MaximumTrainingRows, "null or at least 2");
        Require(Enum.IsDefined(InputScaling), nameof(InputScaling), InputScaling, "a defined value");
        Require(Contamination is >= 0 and <= 0.5, nameof(Contamination), Contamination, "in [0, 0.5]");
        Require(ThresholdQuantile is null or (>= 0 and <= 1), nameof(ThresholdQuantile), ThresholdQuantile, "in [0, 1]");
        Require(FalseAlarmRate is null or (> 0 and <= 0.5), nameof(FalseAlarmRate), FalseAlarmRate, "in (0, 0.5]");
        Require(CalibrationShare is null or (>= 0 and <= 0.5), nameof(CalibrationShare), CalibrationShare, "null or in [0, 0.5]");
        Require(float.IsFinite(OutOfRangeWeight) && OutOfRangeWeight >= 0, nameof(OutOfRangeWeight), OutOfRangeWeight, "a finite number, at least 0");
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

    /// <summary>Throws if the shape of images, where there is one, has a size below 1.</summary>
    private protected static void RequireShape(ImageShape? shape) =>
        Require(shape is null or { IsValid: true }, nameof(IImageOptions.ImageShape), shape, "null or sizes from 1 to 1048576");

    /// <summary>Throws if a list of layer sizes, where given, is empty or too long, or holds a size out of range.</summary>
    protected static void RequireSizes(string option, int[]? sizes) =>
        Require(sizes is null || (sizes.Length is >= 1 and <= MostLayers && sizes.All(size => size is >= 1 and <= 65536)), option,
            sizes is null ? null : $"[{string.Join(", ", sizes.Take(MostLayers))}]", $"null or a list of at most {MostLayers} sizes from 1 to 65536");
}
