namespace Adversarial.Detectors.Tests;

/// <summary>Rows that are odd in one feature: the explanation names it.</summary>
public class PlantedFeatureTests
{
    private const int Width = 8;
    private const int Planted = 100;

    // Half of most methods' default training, of one network: enough here, and for all methods in seconds.
    private const int Steps = 1000;

    public static TheoryData<string> Methods => [.. DetectorRegistry.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void TheFirstOfTheContributionsIsThePlantedFeature(string name)
    {
        DetectorDescriptor method = DetectorRegistry.Get(name);
        DetectorOptions options = method.CreateOptions();
        options.Seed = 1;
        if (options is NetworkDetectorOptions networks)
            (networks.EnsembleSize, networks.MaximumNumberOfSteps) = (1, Steps);
        var random = new Random(1);
        float[][] training = [.. Enumerable.Range(0, 300).Select(_ => Row(random))];
        (float[] Row, int Feature)[] planted = [.. Enumerable.Range(0, Planted).Select(_ => Plant(Row(random), random))];
        Detector detector = method.Create(options, Width);
        detector.Fit(FeatureMatrix.FromRows(training), options.LeastAnomalies == 0 ? null : FeatureMatrix.FromRows([.. Enumerable.Range(0, 60).Select(_ => Plant(Row(random), random).Row)]));
        Explainer explainer = detector.CreateExplainer();
        var contributions = new float[Width];
        int found = 0;
        foreach ((float[] row, int feature) in planted)
        {
            explainer.Explain(row, contributions);
            found += Array.IndexOf(contributions, contributions.Max()) == feature ? 1 : 0;
        }

        Assert.InRange(found / (double)Planted, 0.9, 1);
    }

    // Three things decide about eight features.
    private static float[] Row(Random random)
    {
        float a = random.NextSingle(), b = random.NextSingle(), c = random.NextSingle();
        float Noise() => 0.05f * (random.NextSingle() + random.NextSingle() - 1);
        return [a + Noise(), b + Noise(), c + Noise(), (a + b) / 2 + Noise(), a * b + Noise(), b - c + Noise(), 1 - a + Noise(), c * c + Noise()];
    }

    // By four to six of a uniform feature's deviations.
    private static (float[] Row, int Feature) Plant(float[] row, Random random)
    {
        int feature = random.Next(Width);
        row[feature] += (random.Next(2) == 0 ? -1 : 1) * (4 + 2 * random.NextSingle()) * 0.29f;
        return (row, feature);
    }
}
