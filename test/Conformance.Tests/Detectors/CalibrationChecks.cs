using Adversarial.Detectors;

namespace Conformance.Tests;

/// <summary>What a detector promises of new normal rows.</summary>
public static class CalibrationChecks
{
    private const int TrainingRows = 300;
    private const int Fits = 4;

    // An interval around what is to be expected that a right detector leaves once in a million tries, at each end.
    private const double Doubt = 1e-6;

    /// <summary>The checks.</summary>
    public static IReadOnlyList<Check> All { get; } =
    [
        new("33a false-alarm rates of new normal rows keep within their bounds", Rates, DefaultOnly: true),
        new("33b a saved model keeps its false-alarm rates", Saved),
    ];

    /// <summary>
    /// Of n new rows the number with a rate of at most a is beta-binomial: the probability of one is Beta(k, m + 1 - k) over draws of m held-out
    /// rows, with k = floor(a (m + 1)). Fits on tables of their own add up.
    /// </summary>
    private static void Rates(Subject subject)
    {
        double[] rates = [0.1, 0.05, 0.01];
        var alarms = new int[rates.Length];
        int held = 0, fresh = 0;
        for (int fit = 0; fit < Fits; fit++)
        {
            SimulatedSet set = SimulatedSet.Clusters(100 + fit);
            float[][] normal = SimulatedSet.Rows(set.Training);
            FeatureMatrix others = FeatureMatrix.FromRows([.. normal[TrainingRows..], .. SimulatedSet.Rows(set.Test).Where((_, r) => !set.Anomalous[r])]);
            Detector detector = subject.Fit(FeatureMatrix.FromRows(normal[..TrainingRows]), options =>
            {
                options.Seed = fit;
                options.CalibrationShare = 1.0 / 3;
                options.FalseAlarmRate = 0.05;
            }, anomalies: set.Known);
            (held, fresh) = (detector.CalibrationScores.Length, others.Rows);
            foreach (float score in detector.Score(others))
            {
                float rate = detector.FalseAlarmRateOf(score);
                Assert.Equal(score > detector.Threshold, rate <= 0.05f);
                for (int i = 0; i < rates.Length; i++)
                    alarms[i] += rate <= (float)rates[i] ? 1 : 0;
            }
        }

        for (int i = 0; i < rates.Length; i++)
        {
            (int least, int most) = Bounds(fresh, (int)Math.Floor(rates[i] * (held + 1) + 1e-9), held);
            Assert.True(alarms[i] >= least && alarms[i] <= most, $"At a rate of {rates[i]} {alarms[i]} of {Fits * fresh} new normal rows are flagged, not {least} to {most}.");
        }
    }

    // Quantiles of the sum over the fits.
    private static (int Least, int Most) Bounds(int fresh, int k, int held)
    {
        double[] one = BetaBinomial(fresh, k, held + 1 - k), sum = [1];
        for (int fit = 0; fit < Fits; fit++)
        {
            var next = new double[sum.Length + fresh];
            for (int i = 0; i < sum.Length; i++)
            {
                for (int j = 0; j < one.Length; j++)
                    next[i + j] += sum[i] * one[j];
            }

            sum = next;
        }

        int least = 0, most = sum.Length - 1;
        for (double below = sum[least]; below < Doubt; below += sum[least])
            least++;
        for (double above = sum[most]; above < Doubt; above += sum[most])
            most--;
        return (least, most);
    }

    // Probabilities of 0 to n, each from the one before.
    private static double[] BetaBinomial(int n, double a, double b)
    {
        var probabilities = new double[n + 1];
        probabilities[0] = 1;
        for (int i = 0; i < n; i++)
            probabilities[0] *= (b + i) / (a + b + i);
        for (int i = 1; i <= n; i++)
            probabilities[i] = probabilities[i - 1] * (n - i + 1) / i * (a + i - 1) / (b + n - i);
        return probabilities;
    }

    private static void Saved(Subject subject)
    {
        Detector detector = subject.Fit(subject.Set.Training, options => options.CalibrationShare = 0.2, anomalies: subject.Set.Known);
        Assert.Subset(detector.Score(subject.Set.Training).ToHashSet(), detector.CalibrationScores.ToArray().ToHashSet());
        using var stream = new MemoryStream();
        DetectorFile.Save(detector, stream);
        stream.Position = 0;
        Detector loaded = DetectorFile.Load(stream);
        Assert.Equal(detector.CalibrationScores.ToArray(), loaded.CalibrationScores.ToArray());
        Assert.All(detector.Score(subject.Set.Test), score => Assert.Equal(detector.FalseAlarmRateOf(score), loaded.FalseAlarmRateOf(score)));
    }
}
