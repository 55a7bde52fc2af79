using Adversarial.Detectors;
using Conformance.Tests;

namespace Onnx.Tests;

/// <summary>What a detector has around its method, or in options that no variant of conformance has.</summary>
public class VariationTests
{
    private static readonly SimulatedSet _set = SimulatedSet.Clusters();

    private static Detector Fit(string method, Action<DetectorOptions> change, FeatureMatrix rows, FeatureMatrix? anomalies = null)
    {
        DetectorDescriptor descriptor = DetectorRegistry.Get(method);
        DetectorOptions options = descriptor.CreateOptions();
        options.Seed = 1;
        options.NumberOfThreads = 1;
        if (options is NetworkDetectorOptions networks)
            (networks.MaximumNumberOfSteps, networks.EnsembleSize) = (60, 1);
        change(options);
        Detector detector = descriptor.Create(options, rows.Columns);
        detector.Fit(rows, options.LeastAnomalies > 0 ? anomalies ?? SimulatedSet.Scrambled(rows) : null);
        return detector;
    }

    private static void AssertSame(Detector detector, FeatureMatrix rows)
    {
        using OnnxModel model = OnnxModel.Of(detector);
        float[] ours = detector.Score(rows), theirs = model.Run(rows).Scores;
        (double difference, int row) = ScoreComparison.Largest(ours, theirs);
        Assert.True(difference <= ScoreComparison.Tolerance, $"Row {row}: {(row < 0 ? 0 : ours[row])} and {(row < 0 ? 0 : theirs[row])} differ by {difference:E2}.");
    }

    // Features of all sizes, one of them constant, with rows far outside among those that are scored.
    private static (FeatureMatrix Training, FeatureMatrix Rows) Uneven()
    {
        double[] sizes = [1e-6, 1, 1000, 1e9, 0.3, 5];
        float[] Scale(float[] row) => [.. row.Select((value, c) => (float)(c == 4 ? -7 : c == 5 ? Math.Exp(9 * value) : sizes[c] * (value - 0.5)))];
        FeatureMatrix training = SimulatedSet.Map(_set.Training, Scale), test = SimulatedSet.Map(_set.Test, Scale);
        float[][] rows = SimulatedSet.Rows(test);
        for (int i = 0; i < 60; i++)
            rows[i][i % 6] *= (float)Math.Pow(10, i / 4.0 - 3);
        rows[60][4] = -6.9999f;
        rows[61][2] = float.MaxValue;
        rows[62][3] = -float.MaxValue;
        rows[63][0] = float.Epsilon;
        return (training, FeatureMatrix.FromRows(rows));
    }

    public static TheoryData<InputScaling, string, float> Scalings
    {
        get
        {
            var data = new TheoryData<InputScaling, string, float>();
            foreach (InputScaling scaling in Enum.GetValues<InputScaling>().Where(scaling => scaling != InputScaling.None))
            {
                foreach (string method in (string[])["Autoencoder", "kNN", "Isolation forest", "Gaussian mixture"])
                    data.Add(scaling, method, 1);
            }

            data.Add(InputScaling.Standard, "Autoencoder", 0);
            data.Add(InputScaling.MinMax, "GANomaly", 0);
            data.Add(InputScaling.Robust, "kNN", 0);
            data.Add(InputScaling.Standard, "DAGMM", 0.01f);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void ScalingAndGuardAreInside(InputScaling scaling, string method, float guard)
    {
        (FeatureMatrix training, FeatureMatrix rows) = Uneven();
        AssertSame(Fit(method, options => (options.InputScaling, options.OutOfRangeWeight) = (scaling, guard), training), rows);
    }

    [Theory]
    [InlineData("Autoencoder")]
    [InlineData("Isolation forest")]
    public void FeaturesMayBeTakenAsTheyAre(string method) => AssertSame(Fit(method, options => options.InputScaling = InputScaling.None, _set.Training), _set.Test);

    [Theory]
    [InlineData("ALAD")]
    [InlineData("kNN")]
    [InlineData("ARN")]
    [InlineData("Isolation forest")]
    [InlineData("Gaussian mixture")]
    public void AnyNumberOfRowsIsTaken(string method)
    {
        Detector detector = Fit(method, _ => { }, _set.Training);
        using OnnxModel model = OnnxModel.Of(detector);
        FeatureMatrix rows = FeatureMatrix.FromRows(Enumerable.Range(0, 1000).Select(r => _set.Test[r % _set.Test.Rows].ToArray()));
        float[] ours = detector.Score(rows);
        foreach (int batch in (int[])[1, 7, 1000])
            Assert.InRange(ScoreComparison.Largest(ours, model.Run(rows, batch).Scores).Difference, 0, ScoreComparison.Tolerance);
    }

    [Theory]
    [InlineData("GANomaly", 3)]
    [InlineData("Deep SVDD", 2)]
    [InlineData("DA3D", 2)]
    public void EnsemblesAreOneGraph(string method, int size) =>
        AssertSame(Fit(method, options => ((NetworkDetectorOptions)options).EnsembleSize = size, _set.Training), _set.Test);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GroupsOfIndicatorsAreKnown(bool variational)
    {
        SimulatedSet mixed = SimulatedSet.Mixed();
        AssertSame(Fit("ARN", options => SetGroups((ArnOptions)options, variational), mixed.Training), mixed.Test);
    }

    private static void SetGroups(ArnOptions options, bool hasResidual)
    {
        options.CategoricalGroups = [new ColumnRange(0, 4)];
        options.ResidualWeight = hasResidual ? 1 : 0;
    }

    // Two colours, one plane behind the other or side by side.
    [Theory]
    [InlineData("Autoencoder", true)]
    [InlineData("Autoencoder", false)]
    [InlineData("Deep SVDD", true)]
    [InlineData("Deep SVDD", false)]
    [InlineData("DA3D", true)]
    [InlineData("VAE", false)]
    [InlineData("GANomaly", true)]
    [InlineData("ALAD", true)]
    [InlineData("EGBAD", false)]
    [InlineData("f-AnoGAN", true)]
    public void ImagesMayHaveColours(string method, bool planar)
    {
        var random = new Random(1);
        FeatureMatrix Draw(int count, float noise) => FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(_ =>
        {
            float level = random.NextSingle();
            return Enumerable.Range(0, 9 * 10 * 2).Select(i => 255 * (0.5f * level + 0.3f * MathF.Sin(i) + noise * random.NextSingle())).ToArray();
        }));
        FeatureMatrix training = Draw(120, 0.1f), rows = FeatureMatrix.FromRows([.. SimulatedSet.Rows(Draw(30, 0.1f)), .. SimulatedSet.Rows(Draw(30, 1)), new float[180]]);
        Detector detector = Fit(method, options =>
        {
            ((IImageOptions)options).ImageShape = new ImageShape(9, 10, 2) { IsPlanar = planar };
            ((NetworkDetectorOptions)options).MaximumNumberOfSteps = 10;
        }, training);
        AssertSame(detector, rows);
    }

    [Theory]
    [InlineData(CommitteeCombination.Mean, 2)]
    [InlineData(CommitteeCombination.Maximum, 4)]
    [InlineData(CommitteeCombination.Median, 3)]
    [InlineData(CommitteeCombination.Median, 4)]
    public void CommitteesAreTheirMembersSideBySide(CommitteeCombination combination, int members)
    {
        string[] methods = ["Gaussian mixture", "Autoencoder", "kNN", "One-class SVM"];
        (FeatureMatrix training, FeatureMatrix rows) = Uneven();
        AssertSame(Fit("Committee", options =>
        {
            ((CommitteeOptions)options).Combination = combination;
            ((CommitteeOptions)options).Members = [.. methods.Take(members).Select(method => new CommitteeMember(Short(method)))];
        }, training), rows);
    }

    private static DetectorOptions Short(string method)
    {
        DetectorOptions options = DetectorRegistry.Get(method).CreateOptions();
        if (options is NetworkDetectorOptions networks)
            (networks.MaximumNumberOfSteps, networks.EnsembleSize) = (30, 1);
        return options;
    }

    [Fact]
    public void AMemberThatCannotBeExportedIsNamed()
    {
        Detector committee = Fit("Committee", options => ((CommitteeOptions)options).Members = [new(Short("kNN")), new(Short("AnoGAN"))], _set.Training);
        Assert.Contains("its member AnoGAN", Assert.Throws<NotSupportedException>(() => committee.SaveOnnx(new MemoryStream())).Message);
    }

    [Fact]
    public void ADetectorThatIsNotFittedIsRefused() =>
        Assert.Throws<InvalidOperationException>(() => DetectorRegistry.Get("kNN").Create(new KNearestNeighborsOptions(), 3).SaveOnnx(new MemoryStream()));

    [Fact]
    public void ALoadedModelGivesTheSameBytes()
    {
        Detector detector = Fit("DA3D", _ => { }, _set.Training);
        using MemoryStream file = new(), first = new(), second = new();
        DetectorFile.Save(detector, file);
        file.Position = 0;
        detector.SaveOnnx(first);
        DetectorFile.Load(file).SaveOnnx(second);
        Assert.Equal(first.ToArray(), second.ToArray());
    }
}
