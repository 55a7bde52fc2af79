namespace Adversarial.Detectors.Tests;

/// <summary>The detectors without networks give what scikit-learn gives.</summary>
public class ClassicGoldenTests
{
    private const double NeighborTolerance = 1e-5;
    private const double SupportTolerance = 1e-3;
    private const double MixtureTolerance = 1e-6;

    private static readonly ClassicGolden _golden = ClassicGolden.Read();

    private static Detector Fit(DetectorOptions options, IEnumerable<float[]>? rows = null, IEnumerable<float[]>? anomalies = null)
    {
        (options.Seed, options.NumberOfThreads, options.InputScaling, options.OutOfRangeWeight) = (1, 2, InputScaling.None, 0);
        Detector detector = DetectorRegistry.For(options).Create(options, _golden.Train[0].Length);
        detector.Fit(FeatureMatrix.FromRows(rows ?? _golden.Train), anomalies is null ? null : FeatureMatrix.FromRows(anomalies));
        return detector;
    }

    private static void RequireClose(IReadOnlyList<double> expected, ReadOnlySpan<float> actual, double tolerance, double least = 0)
    {
        Assert.Equal(expected.Count, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.True(Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(least, Math.Abs(expected[i])), $"Row {i}: {actual[i]} instead of {expected[i]}.");
    }

    [Fact]
    public void Mean_distances_of_neighbours()
    {
        Detector detector = Fit(new KNearestNeighborsOptions());
        RequireClose(_golden.Neighbors.Train, detector.TrainingScores.Span, NeighborTolerance);
        RequireClose(_golden.Neighbors.Test, detector.Score(FeatureMatrix.FromRows(_golden.Test)), NeighborTolerance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Local_outlier_factors(int equalRows)
    {
        Detector detector = Fit(new LocalOutlierFactorOptions(), _golden.Train.Concat(Enumerable.Repeat(_golden.Train[0], equalRows)));
        ClassicScores expected = equalRows == 0 ? _golden.Factor : _golden.FactorOfEqualRows;
        RequireClose(expected.Test, detector.Score(FeatureMatrix.FromRows(_golden.Test)), NeighborTolerance);
    }

    // By densities in which a row counts, as scikit-learn's are, rows without drift had p-values below 0.05 in half of the samples.
    [Theory]
    [InlineData(3, 1)]
    [InlineData(12, 20)]
    [InlineData(60, 5)]
    public void A_training_rows_factor_is_that_of_a_model_without_it(int count, int neighbors)
    {
        // Some rows twice, for distances that are equal.
        float[][] rows = [.. _golden.Train.Take(count), .. _golden.Train.Take(count / 3)];
        var options = new LocalOutlierFactorOptions { NumberOfNeighbors = neighbors };
        float[] actual = Fit(options, rows).TrainingScores.ToArray();
        double[] expected = [.. rows.Select((row, r) => (double)Fit(options, rows.Where((_, other) => other != r)).Score(FeatureMatrix.FromRows([row]))[0])];
        RequireClose(expected, actual, 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Distances_from_the_border_of_support_vectors(int index)
    {
        ClassicSvm expected = _golden.Svm[index];
        Detector detector = Fit(new OneClassSvmOptions { Nu = expected.Nu, Gamma = expected.Gamma, Tolerance = 1e-6 });
        Assert.Equal(expected.Offset, ((OneClassSvmDetector)detector).Offset, SupportTolerance * expected.Offset);
        RequireClose(expected.Test, detector.Score(FeatureMatrix.FromRows(_golden.Test)), SupportTolerance, least: expected.Offset);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Distances_from_the_border_of_two_classes(int index)
    {
        ClassicTwoClassSvm expected = _golden.TwoClassSvm[index];
        var options = new CostSensitiveSvmOptions { Cost = expected.Cost, AnomalyWeight = expected.Weight, Gamma = expected.Gamma, Tolerance = 1e-6 };
        var detector = (CostSensitiveSvmDetector)Fit(options, anomalies: _golden.Known);
        Assert.Equal(expected.Offset, detector.Offset, SupportTolerance);
        RequireClose(expected.Test, detector.Score(FeatureMatrix.FromRows(_golden.Test)), SupportTolerance, least: 1);
    }

    [Fact]
    public void Likelihoods_of_a_mixture_from_the_same_start()
    {
        KeptRows rows = KeptRows.Of([.. _golden.Train.SelectMany(row => row)], _golden.Train[0].Length);
        for (int iterations = 1; iterations <= _golden.Mixture.Likelihoods.Length; iterations++)
        {
            MixtureModel model = Learn(rows, iterations);
            Assert.Equal(_golden.Mixture.Likelihoods[iterations - 1], model.LogLikelihood, MixtureTolerance);
        }

        MixtureModel last = Learn(rows, _golden.Mixture.Likelihoods.Length);
        var block = new MixtureBlock(last, rows.Columns, _golden.Test.Length);
        block.LogDensities(_golden.Test.SelectMany(row => row).ToArray(), _golden.Test.Length);
        RequireClose(_golden.Mixture.Test, [.. Enumerable.Range(0, _golden.Test.Length).Select(r => (float)-block.LogLikelihood(r))], MixtureTolerance);
    }

    private static MixtureModel Learn(KeptRows rows, int iterations)
    {
        var options = new GaussianMixtureOptions { MaximumNumberOfIterations = iterations, Tolerance = 0 };
        return MixtureModel.Learn(rows, _golden.Mixture.Clusters, _golden.Mixture.Clusters.Max() + 1, isFull: true, options, 1, new FitMonitor(options, "mixture", 1));
    }

    [Fact]
    public void Average_lengths_of_paths() => Assert.All(_golden.Forest.Sizes.Zip(_golden.Forest.Averages),
        pair => Assert.Equal(pair.Second, IsolationTree.AveragePathLength(pair.First), 1e-12));

    [Fact]
    public void Paths_through_given_trees()
    {
        var sums = new double[_golden.Test.Length];
        foreach (ClassicTree given in _golden.Forest.Trees)
        {
            IsolationTree tree = Load(given);
            for (int r = 0; r < sums.Length; r++)
            {
                float length = tree.PathLength(_golden.Test[r]);
                Assert.Equal(given.Lengths[r], length, 1e-6);
                sums[r] += length;
            }
        }

        RequireClose(_golden.Forest.Scores, [.. sums.Select(sum => (float)IsolationForestDetector.ScoreOf(sum / _golden.Forest.Trees.Length, 32))], 1e-6);
    }

    // scikit-learn's nodes lie as ours do: the left child follows its parent.
    private static IsolationTree Load(ClassicTree given)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var depths = new int[given.Features.Length];
        writer.Write(given.Features.Length);
        for (int i = 0; i < given.Features.Length; i++)
        {
            bool isLeaf = given.Features[i] < 0;
            if (!isLeaf)
            {
                Assert.Equal(i + 1, given.Lefts[i]);
                depths[given.Lefts[i]] = depths[given.Rights[i]] = depths[i] + 1;
            }

            writer.Write(given.Features[i]);
            writer.Write(isLeaf ? (float)(depths[i] + IsolationTree.AveragePathLength(given.Rows[i])) : given.Thresholds[i]);
            writer.Write(isLeaf ? 0 : given.Rights[i]);
        }

        stream.Position = 0;
        return IsolationTree.Load(new BinaryReader(stream), _golden.Train[0].Length, 32);
    }
}
