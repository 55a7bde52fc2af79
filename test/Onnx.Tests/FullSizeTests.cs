using System.Globalization;
using System.IO.Compression;
using System.Text;
using Adversarial.Detectors;
using Conformance.Tests;

namespace Onnx.Tests;

/// <summary>All methods on 10,000 rows of real sets; long, and only where the sets are (ADVERSARIAL_DATA).</summary>
public class FullSizeTests
{
    private const int ScoredRows = 10_000;
    private const int TrainingRows = 2_000;

    // Deep networks of images amplify rounding: so many times what moving pixels by a last digit does is allowed, and never more than the bound.
    private const double LastDigits = 4;
    private const double MostOfImages = 1e-4;

    // A score at the threshold itself may fall to either side.
    private const int MostOtherVerdicts = 5;

    private static string? Data(string file) => Environment.GetEnvironmentVariable("ADVERSARIAL_DATA") is { } folder && Path.Combine(folder, file) is var path && File.Exists(path) ? path : null;

    private static string Need(string file)
    {
        if (Environment.GetEnvironmentVariable("ADVERSARIAL_FULL_TESTS") != "1")
            Assert.Skip("Only with ADVERSARIAL_FULL_TESTS=1.");
        if (Data(file) is { } path)
            return path;
        Assert.Skip($"{file} is not in ADVERSARIAL_DATA.");
        return "";
    }

    [Fact]
    public void NetworkConnections()
    {
        (FeatureMatrix normal, FeatureMatrix attacks, FeatureMatrix test) = Connections(Need("nslkdd_train.csv.gz"), Need("nslkdd_test.csv.gz"));
        CompareAll(MethodTests.ExportedSubjects.Where(subject => subject.Variant == Subject.Default), normal, attacks, test, steps: 300);
    }

    [Fact]
    public void Digits()
    {
        FeatureMatrix training = ReadImages(Need("mnist-train-images-idx3-ubyte.gz"), TrainingRows), test = ReadImages(Need("mnist-t10k-images-idx3-ubyte.gz"), ScoredRows);
        CompareAll(MethodTests.ExportedSubjects.Where(subject => subject.TakesImages), training, null, test, steps: 30);
    }

    private static void CompareAll(IEnumerable<Subject> subjects, FeatureMatrix normal, FeatureMatrix? attacks, FeatureMatrix test, int steps)
    {
        var failures = new List<string>();
        TestContext.Current.TestOutputHelper?.WriteLine("| Method | Features | Largest difference | Relative to the score itself | Other verdicts | File, kB |\n|---|---|---|---|---|---|");
        foreach (Subject subject in subjects)
            failures.AddRange(Compare(subject, normal, attacks, test, steps) is { } failure ? [failure] : []);
        Assert.Empty(failures);
    }

    private static string? Compare(Subject subject, FeatureMatrix normal, FeatureMatrix? attacks, FeatureMatrix test, int steps)
    {
        DetectorOptions options = subject.Descriptor.CreateOptions();
        (options.Seed, options.NumberOfThreads) = (1, 2);
        if (options is NetworkDetectorOptions networks)
            networks.MaximumNumberOfSteps = steps;
        if (subject.TakesImages)
            ((IImageOptions)options).ImageShape = new ImageShape(28, 28);
        Detector detector = subject.Descriptor.Create(options, normal.Columns);
        detector.Fit(normal, options.LeastAnomalies > 0 ? attacks ?? SimulatedSet.Scrambled(normal) : null);
        using var file = new MemoryStream();
        detector.SaveOnnx(file);
        using var model = new OnnxModel(file.ToArray());
        float[] ours = detector.Score(test);
        (float[] theirs, bool[] labels) = model.Run(test, 1000);
        (double difference, int row) = ScoreComparison.Largest(ours, theirs);
        int other = Enumerable.Range(0, ours.Length).Count(r => labels[r] != ours[r] > detector.Threshold);
        double own = Enumerable.Range(0, ours.Length).Max(r => ours[r] == theirs[r] ? 0 : Math.Abs((double)ours[r] - theirs[r]) / Math.Max(Math.Abs(ours[r]), Math.Abs(theirs[r])));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {subject} | {test.Columns} | {difference:E1} | {own:E1} | {other} | {file.Length / 1000} |"));
        double allowed = difference <= ScoreComparison.Tolerance || !subject.TakesImages ? ScoreComparison.Tolerance
            : Math.Clamp(LastDigits * Amplification(detector, ours, test), ScoreComparison.Tolerance, MostOfImages);
        return difference <= allowed && other <= MostOtherVerdicts ? null
            : $"{subject}: row {row} with {(row < 0 ? 0 : ours[row])} and {(row < 0 ? 0 : theirs[row])} differs by {difference:E2}; {other} verdicts differ.";
    }

    // How much our own scores change where every second feature above 0 is one float lower.
    private static double Amplification(Detector detector, float[] scores, FeatureMatrix rows) => ScoreComparison.Largest(scores, detector.Score(SimulatedSet.Map(rows,
        row => [.. row.Select((value, c) => c % 2 == 0 && value > 0 ? MathF.BitDecrement(value) : value)]))).Difference;

    // Texts as indicators, numbers as they are.
    private static (FeatureMatrix Normal, FeatureMatrix Attacks, FeatureMatrix Test) Connections(string trainFile, string testFile)
    {
        string[][] train = Lines(trainFile), test = Lines(testFile);
        string[][] texts = [.. Enumerable.Range(1, 3).Select(column => train.Select(fields => fields[column]).Distinct().Order(StringComparer.Ordinal).ToArray())];
        float[] Encode(string[] fields) =>
        [
            .. Enumerable.Range(0, 41).Where(column => column is < 1 or > 3).Select(column => float.Parse(fields[column], CultureInfo.InvariantCulture)),
            .. texts.SelectMany((values, i) => values.Select(value => value == fields[1 + i] ? 1f : 0)),
        ];
        bool IsNormal(string[] fields) => fields[41].StartsWith("normal", StringComparison.Ordinal) || fields[41] == "0";
        return (FeatureMatrix.FromRows(train.Where(IsNormal).Take(TrainingRows).Select(Encode)), FeatureMatrix.FromRows(train.Where(fields => !IsNormal(fields)).Take(50).Select(Encode)),
            FeatureMatrix.FromRows(test.Take(ScoredRows).Select(Encode)));
    }

    private static string[][] Lines(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
        reader.ReadLine();
        var lines = new List<string[]>();
        while (reader.ReadLine() is { } line)
            lines.Add(line.Split(','));
        return [.. lines];
    }

    private static FeatureMatrix ReadImages(string file, int count)
    {
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        var bytes = new byte[16 + count * 784];
        stream.ReadExactly(bytes);
        return FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(r => Array.ConvertAll(bytes[(16 + r * 784)..(16 + (r + 1) * 784)], value => value / 255f)));
    }
}
