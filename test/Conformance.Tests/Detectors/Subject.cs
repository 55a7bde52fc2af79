using Adversarial.Detectors;
using Adversarial.Neural;

namespace Conformance.Tests;

/// <summary>What a check is run on: a registered method with one of its variants' options. Fits that several checks need are shared.</summary>
public sealed class Subject
{
    /// <summary>Name of the variant with default options.</summary>
    public const string Default = "default";

    /// <summary>Name of the variant that takes rows for images.</summary>
    public const string Images = "images";

    /// <summary>Where all subjects' networks are trained; null: by the engine's own kernels.</summary>
    public static IDeviceFactory? TrainingDevice { get; set; }

    private readonly Func<DetectorOptions> _options;
    private readonly Lazy<Detector> _fitted;

    /// <summary>Makes a subject.</summary>
    public Subject(DetectorDescriptor descriptor, string variant, Func<DetectorOptions> options)
    {
        Descriptor = descriptor;
        Variant = variant;
        _options = options;
        _fitted = new Lazy<Detector>(() => Fit(Set.Training, anomalies: Set.Known));
    }

    /// <summary>The method.</summary>
    public DetectorDescriptor Descriptor { get; }

    /// <summary>The variant's name.</summary>
    public string Variant { get; }

    /// <summary>Whether rows are images to it: pixels are of a kind, where features of a table may be of any.</summary>
    public bool TakesImages => Variant == Images;

    /// <summary>Whether its detectors are <see cref="NetworkDetector"/>s.</summary>
    public bool TrainsNetworks => typeof(NetworkDetectorOptions).IsAssignableFrom(Descriptor.OptionsType);

    /// <summary>The set that shared fits are on.</summary>
    public SimulatedSet Set { get; } = SimulatedSet.Clusters();

    /// <summary>A detector fitted on <see cref="Set"/> by a short training.</summary>
    public Detector Fitted => _fitted.Value;

    /// <summary>The variant's options, seed 1, training cut to <paramref name="steps"/> a phase (null: not cut).</summary>
    public DetectorOptions Options(int? steps = 60)
    {
        DetectorOptions options = _options();
        options.Seed = 1;
        options.NumberOfThreads = 1;
        if (options is NetworkDetectorOptions networks)
        {
            networks.MaximumNumberOfSteps = steps;
            networks.TrainingDevice = TrainingDevice;
            // Two members exercise an ensemble as well as many do; one variant is enough for that.
            networks.EnsembleSize = Variant == Default ? Math.Min(2, networks.EnsembleSize) : 1;
        }

        // And one variant has the method's own sizes: the others are checked small.
        if (Variant != Default)
            SetSizes(options, TakesImages ? [4, 4] : [32, 16]);
        return options;
    }

    /// <summary>Fits a new detector; where its options ask for known anomalies and none are given, some are made from the rows.</summary>
    public Detector Fit(FeatureMatrix rows, Action<DetectorOptions>? change = null, int? steps = 60, FeatureMatrix? anomalies = null)
    {
        DetectorOptions options = Options(steps);
        change?.Invoke(options);
        Detector detector = Create(options, rows.Columns);
        detector.Fit(rows, Anomalies(options, rows, anomalies));
        return detector;
    }

    /// <summary>A new detector; that of images has the shape that so many features make.</summary>
    public Detector Create(DetectorOptions options, int columns)
    {
        DetectorOptions shaped = options.Clone();
        SetShape(shaped, columns);
        return Descriptor.Create(shaped, columns);
    }

    /// <summary>Gives options that have a shape one of so many features, as close to a square as they can make.</summary>
    public static void SetShape(DetectorOptions options, int columns)
    {
        if (options is not IImageOptions { ImageShape: not null } images)
            return;
        int height = Enumerable.Range(1, (int)Math.Sqrt(columns)).Last(side => columns % side == 0);
        images.ImageShape = new ImageShape(height, columns / height);
    }

    private static DetectorOptions OfImages(DetectorDescriptor descriptor)
    {
        DetectorOptions options = descriptor.CreateOptions();
        ((IImageOptions)options).ImageShape = new ImageShape(1, 1);
        return options;
    }

    /// <summary>Fits a new detector that trains networks.</summary>
    public Detector FitNetworks(FeatureMatrix rows, Action<NetworkDetectorOptions> change, int? steps = 60, FeatureMatrix? anomalies = null) =>
        Fit(rows, options => change((NetworkDetectorOptions)options), steps, anomalies);

    /// <summary>Sets the hidden layers of all networks, whatever the method calls them: small ones for checks that are slow.</summary>
    public static void SetSizes(DetectorOptions options, params int[] sizes)
    {
        foreach (var property in options.GetType().GetProperties().Where(p => p.PropertyType == typeof(int[]) && p.CanWrite))
            property.SetValue(options, sizes.Clone());
    }

    /// <summary>What a fit with these options is given besides normal rows.</summary>
    public static FeatureMatrix? Anomalies(DetectorOptions options, FeatureMatrix rows, FeatureMatrix? given = null) =>
        options.LeastAnomalies == 0 ? null : given ?? (rows.Rows > 1 ? SimulatedSet.Scrambled(rows) : null);

    /// <summary>All registered methods with all their variants.</summary>
    public static IReadOnlyList<Subject> All { get; } =
    [
        .. DetectorRegistry.All.SelectMany(descriptor => descriptor.Variants
            .Select(variant => new Subject(descriptor, variant.Key, variant.Value))
            .Prepend(new Subject(descriptor, Default, descriptor.CreateOptions))
            .Concat(descriptor.CreateOptions() is IImageOptions ? [new Subject(descriptor, Images, () => OfImages(descriptor))] : [])),
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{Descriptor.Name} ({Variant})";
}
