namespace Adversarial.Detectors.Tests;

/// <summary>A small fitted detector of each method, two of it in an ensemble, for tests that load or break it thousands of times.</summary>
internal static class SmallModels
{
    private const int Columns = 5;

    private static readonly Dictionary<string, byte[]> _files = [];

    /// <summary>Names of all methods.</summary>
    public static IEnumerable<string> Methods => DetectorRegistry.All.Select(method => method.Name);

    /// <summary>Names of those that train networks.</summary>
    public static IEnumerable<string> NetworkMethods => Methods.Where(method => DetectorRegistry.Get(method).CreateOptions() is NetworkDetectorOptions);

    /// <summary>Rows of which the last three features are one of three categories.</summary>
    public static FeatureMatrix Rows { get; } = Draw(24, shift: 0);

    /// <summary>Rows that lie elsewhere.</summary>
    public static FeatureMatrix Anomalies { get; } = Draw(8, shift: 3);

    private static FeatureMatrix Draw(int count, float shift)
    {
        var random = new Random(5);
        return FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(_ =>
        {
            int category = random.Next(3);
            return (float[])[random.NextSingle() + shift, 7 * random.NextSingle() - 3, category == 0 ? 1 : 0, category == 1 ? 1 : 0, category == 2 ? 1 : 0];
        }));
    }

    /// <summary>Options for a fit of no time: narrow layers, two steps.</summary>
    public static DetectorOptions Options(string method)
    {
        DetectorOptions options = DetectorRegistry.Get(method).CreateOptions();
        (options.Seed, options.NumberOfThreads) = (1, 1);
        if (options is NetworkDetectorOptions networks)
            (networks.MaximumNumberOfSteps, networks.EnsembleSize) = (2, 2);
        foreach (System.Reflection.PropertyInfo property in options.GetType().GetProperties().Where(property => property.PropertyType == typeof(int[])))
            property.SetValue(options, (int[])[6, 4]);
        if (options is ArnOptions arn)
            arn.CategoricalGroups = [new ColumnRange(2, 3)];
        return options;
    }

    /// <summary>A detector of the method, fitted.</summary>
    public static Detector Fit(string method, Action<DetectorOptions>? change = null)
    {
        DetectorOptions options = Options(method);
        change?.Invoke(options);
        Detector detector = DetectorRegistry.For(options).Create(options, Columns);
        detector.Fit(Rows, options.LeastAnomalies > 0 ? Anomalies : null);
        return detector;
    }

    /// <summary>A detector of a method that trains networks, fitted.</summary>
    public static Detector FitNetworks(string method, Action<NetworkDetectorOptions> change) => Fit(method, options => change((NetworkDetectorOptions)options));

    /// <summary>The model file of a detector of the method.</summary>
    public static byte[] File(string method)
    {
        lock (_files)
        {
            if (!_files.TryGetValue(method, out byte[]? file))
                _files[method] = file = Save(Fit(method));
            return file;
        }
    }

    /// <summary>A detector's model file.</summary>
    public static byte[] Save(Detector detector)
    {
        using var stream = new MemoryStream();
        DetectorFile.Save(detector, stream);
        return stream.ToArray();
    }

    /// <summary>Reads a model file.</summary>
    public static Detector Load(byte[] file) => DetectorFile.Load(new MemoryStream(file));
}
