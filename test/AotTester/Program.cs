using Adversarial.Detectors;

// Fits, scores, saves and loads every registered method in a native program: what trimming took away or reflection misses fails here.
const int Columns = 12, Rows = 400, Steps = 25;
var random = new Random(1);
FeatureMatrix normal = Draw(value => value), anomalies = Draw(value => 1 - value * value);
foreach (DetectorDescriptor descriptor in DetectorRegistry.All)
{
    DetectorOptions options = descriptor.FromJson(descriptor.ToJson(descriptor.CreateOptions()));
    options.Seed = 1;
    if (options is NetworkDetectorOptions networks)
        (networks.EnsembleSize, networks.MaximumNumberOfSteps) = (Math.Min(2, networks.EnsembleSize), Steps);
    Detector detector = descriptor.Create(options, Columns);
    detector.Fit(normal, options.LeastAnomalies > 0 ? anomalies : null);
    float[] scores = detector.Score(anomalies);
    using var file = new MemoryStream();
    DetectorFile.Save(detector, file);
    file.Position = 0;
    if (!scores.All(float.IsFinite) || !DetectorFile.Load(file).Score(anomalies).SequenceEqual(scores))
    {
        Console.Error.WriteLine($"{descriptor.Name}: scores are not finite, or others after loading");
        return 1;
    }

    Console.WriteLine($"{descriptor.Name}: {scores[0]}");
}

return 0;

FeatureMatrix Draw(Func<double, double> shape)
{
    var matrix = new FeatureMatrix(Columns);
    for (int r = 0; r < Rows; r++)
    {
        double factor = random.NextDouble();
        Span<float> row = matrix.AppendRow();
        for (int c = 0; c < Columns; c++)
            row[c] = (float)Math.Clamp(shape(factor) + 0.05 * random.NextDouble() * (c % 3), 0, 1);
    }

    return matrix;
}
