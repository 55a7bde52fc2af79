using Adversarial.Numerics;

namespace Adversarial.Detectors.Tests;

/// <summary>Uniform samples of rows that come one after another.</summary>
public class ReservoirTests
{
    private static int[] Sample(int rows, int? most, int seed)
    {
        var reservoir = Reservoir.OfFit(most, seed);
        var kept = new List<int>();
        for (int r = 0; r < rows; r++)
        {
            int place = reservoir.Offer();
            if (place == kept.Count)
                kept.Add(r);
            else if (place >= 0)
                kept[place] = r;
        }

        Assert.Equal(rows, reservoir.Offered);
        Assert.Equal(kept.Count, reservoir.Count);
        return [.. kept];
    }

    [Fact]
    public void Every_row_is_as_likely_as_any_other_and_so_is_every_pair()
    {
        const int Rows = 12, Most = 4, Draws = 20_000;
        var counts = new int[Rows];
        var pairs = new int[Rows, Rows];
        for (int seed = 0; seed < Draws; seed++)
        {
            int[] kept = Sample(Rows, Most, seed);
            Assert.Equal(Most, kept.Distinct().Count());
            foreach (int a in kept)
            {
                counts[a]++;
                foreach (int b in kept)
                    pairs[a, b] += b > a ? 1 : 0;
            }
        }

        // Five standard deviations of a binomial count.
        Assert.All(counts, count => Assert.InRange(count, Least(1.0 / 3), Draws * 2 / 3 - Least(1.0 / 3)));
        for (int a = 0; a < Rows; a++)
        {
            for (int b = a + 1; b < Rows; b++)
                Assert.InRange(pairs[a, b], Least(1.0 / 11), Draws * 2 / 11 - Least(1.0 / 11));
        }

        static int Least(double share) => (int)(Draws * share - 5 * Math.Sqrt(Draws * share * (1 - share)));
    }

    [Fact]
    public void The_seed_decides_and_all_rows_are_kept_in_order_where_they_fit()
    {
        Assert.Equal(Sample(1000, 50, 7), Sample(1000, 50, 7));
        Assert.NotEqual(Sample(1000, 50, 7), Sample(1000, 50, 8));
        Assert.Equal(Enumerable.Range(0, 50), Sample(50, 50, 7));
        Assert.Equal(Enumerable.Range(0, 50), Sample(50, null, 7));
    }

    [Fact]
    public void Numbers_beyond_those_of_an_integer_are_drawn_alike()
    {
        const long Bound = 3L << 40;
        const int Draws = 30_000;
        var draws = new RandomDraws(new RandomStream(1, 2, 3));
        var thirds = new int[3];
        for (int i = 0; i < Draws; i++)
            thirds[draws.Below(Bound) / (Bound / 3)]++;
        Assert.All(thirds, count => Assert.InRange(count, Draws / 3 - 410, Draws / 3 + 410));
    }

    [Fact]
    public void A_detector_learns_from_the_sample_alone_and_says_so()
    {
        var random = new Random(1);
        FeatureMatrix rows = FeatureMatrix.FromRows(Enumerable.Range(0, 900).Select(_ => (float[])[random.NextSingle(), random.NextSingle()]));
        var warnings = new List<string>();
        Detector sampled = Fit(rows, 100, report => warnings.AddRange(report.Warning is { } warning ? [warning] : []));
        Assert.Equal(100, sampled.TrainingScores.Length);
        Assert.Contains("100 of 900 training rows are learned from", Assert.Single(warnings));

        Detector ofSample = Fit(Reservoir.OfFit(100, 3).Draw(rows), null, _ => { });
        Assert.Equal(ofSample.Score(rows), sampled.Score(rows));
        Assert.Equal(ofSample.Threshold, sampled.Threshold);
    }

    [Fact]
    public void Known_anomalies_have_a_sample_of_their_own()
    {
        var random = new Random(1);
        FeatureMatrix Rows(float shift) => FeatureMatrix.FromRows(Enumerable.Range(0, 200).Select(_ => (float[])[shift + random.NextSingle(), random.NextSingle()]));
        (FeatureMatrix normal, FeatureMatrix anomalies) = (Rows(0), Rows(2));
        Detector Fit(FeatureMatrix normal, FeatureMatrix anomalies, int? most)
        {
            Detector detector = DetectorRegistry.Get("Cost-sensitive SVM").Create(new CostSensitiveSvmOptions { Seed = 3, NumberOfThreads = 1, MaximumTrainingRows = most }, 2);
            detector.Fit(normal, anomalies);
            return detector;
        }

        FeatureMatrix someNormal = Reservoir.OfFit(60, 3).Draw(normal), someAnomalies = Reservoir.OfFit(60, 3, ofAnomalies: true).Draw(anomalies);
        Assert.Equal(60, someAnomalies.Rows);
        Assert.Equal(Fit(someNormal, someAnomalies, null).Score(anomalies), Fit(normal, anomalies, 60).Score(anomalies));
    }

    [Fact]
    public void A_checkpoint_asks_for_a_seed_and_one_row_is_too_few()
    {
        Assert.Equal("Seed", Assert.Throws<ArgumentOutOfRangeException>(() => new AutoencoderOptions { CheckpointPath = "x", MaximumTrainingRows = 100 }.Validate()).ParamName);
        new AutoencoderOptions { CheckpointPath = "x", MaximumTrainingRows = 100, Seed = 1 }.Validate();
        Assert.Equal("MaximumTrainingRows", Assert.Throws<ArgumentOutOfRangeException>(() => new AutoencoderOptions { MaximumTrainingRows = 1 }.Validate()).ParamName);
    }

    private static Detector Fit(FeatureMatrix rows, int? most, Action<TrainingProgress> listen)
    {
        var options = new KNearestNeighborsOptions { Seed = 3, NumberOfThreads = 1, MaximumTrainingRows = most, Progress = new Listener(listen) };
        Detector detector = DetectorRegistry.For(options).Create(options, rows.Columns);
        detector.Fit(rows);
        return detector;
    }
}
