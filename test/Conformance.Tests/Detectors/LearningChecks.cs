using Adversarial.Detectors;
using Adversarial.Neural;
using Adversarial.Numerics;

namespace Conformance.Tests;

/// <summary>Learning is real.</summary>
public static class LearningChecks
{
    private const double GradientTolerance = 1e-5;
    private const int ConvergedSteps = 100;
    private const double LeastGain = 0.1;
    private const double LeastAuc = 0.65;

    private const int Seeds = 5;

    // What so many seeds show already needs no more of them; what they do not show is judged by all.
    private static readonly int _leastSeeds = FullRun.IsOn ? Seeds : 2;

    /// <summary>The checks.</summary>
    public static IReadOnlyList<Check> All { get; } =
    [
        new("01 fit changes every trainable parameter", EveryParameterChanges, NetworksOnly: true),
        new("02 scores are distinct and spread", ScoresAreSpread),
        new("03 training beats the untrained network", BeatsUntrained, DefaultOnly: true),
        new("04 far outliers score above the median inlier", OutliersScoreHigh),
        new("06 gradients of the whole step equal central differences", StepGradients, NetworksOnly: true),
    ];

    private static void EveryParameterChanges(Subject subject)
    {
        var fitted = (NetworkDetector)subject.Fitted;
        var untrained = (NetworkDetector)subject.Create(subject.Options(), subject.Set.Training.Columns);
        untrained.Initialize(new CpuDevice(), Detector.DeriveSeed(1, 0));
        for (int n = 0; n < fitted.Networks.Count; n++)
        {
            float[] before = Values(untrained.Networks[n]);
            float[] after = Values(fitted.Networks[n]);
            Assert.Equal(before.Length, after.Length);
            int same = before.Zip(after).Count(pair => pair.First.Equals(pair.Second));
            // A rectifier that no row of so short a training wakes keeps its weights; a network without a backward pass keeps all.
            Assert.True(same <= 2 * before.Length / 3, $"{same} of {before.Length} parameters of '{fitted.Networks[n].Name}' did not change.");
        }
    }

    private static float[] Values(Network network)
    {
        var values = new float[network.Parameters.Count];
        network.Parameters.Device.Download(network.Parameters.Values, values);
        return values;
    }

    private static void ScoresAreSpread(Subject subject)
    {
        float[] scores = subject.Fitted.Score(subject.Set.Test);
        Assert.True(scores.Distinct().Count() >= 0.9 * scores.Length, $"{scores.Distinct().Count()} of {scores.Length} scores are distinct.");
        Assert.True(scores.Max() - scores.Min() > 1e-6 * scores.Max(Math.Abs), $"Scores lie between {scores.Min()} and {scores.Max()}.");
    }

    private static void BeatsUntrained(Subject subject)
    {
        foreach (SimulatedSet set in SimulatedSet.All())
        {
            var trained = new List<double>();
            var untrained = new List<double>();
            while (trained.Count < Seeds && (trained.Count < _leastSeeds || !Shown()))
            {
                int seed = trained.Count + 1;
                Detector detector = subject.Fit(set.Training, options => options.Seed = seed, steps: null, set.Known);
                trained.Add(AnomalyMetrics.Evaluate(detector.Score(set.Test), set.Anomalous).RocAuc);
                if (!subject.TrainsNetworks)
                    continue;
                var random = (NetworkDetector)subject.Create(subject.Options(), set.Training.Columns);
                random.InitializeUntrained(set.Training, (ulong)seed);
                untrained.Add(AnomalyMetrics.Evaluate(random.Score(set.Test), set.Anomalous).RocAuc);
            }

            string figures = $"{set.Name}: trained {string.Join(" ", trained.Select(v => v.ToString("F3")))}, untrained {string.Join(" ", untrained.Select(v => v.ToString("F3")))}";
            TestContext.Current.TestOutputHelper?.WriteLine(figures);
            Assert.True(Shown(), figures);

            bool Shown() => trained.Average() >= (subject.TrainsNetworks ? Math.Max(LeastAuc, untrained.Average() + LeastGain) : LeastAuc);
        }
    }

    private static void OutliersScoreHigh(Subject subject)
    {
        SimulatedSet set = subject.Set;
        Detector detector = subject.Fit(set.Training, steps: 400, anomalies: set.Known);
        float[] inliers = detector.Score(set.Training);
        Array.Sort(inliers);
        float median = inliers[inliers.Length / 2];
        FeatureMatrix outliers = SimulatedSet.Map(set.Training, row => [.. row.Select((value, c) => c % 2 == 0 ? 3f + value : -2f - value)]);
        float[] scores = detector.Score(outliers);
        int below = scores.Count(score => score <= median);
        Assert.True(below == 0, $"{below} of {scores.Length} far outliers score at or below the median inlier {median}.");
    }

    private static void StepGradients(Subject subject)
    {
        const int Columns = 3;
        const int Rows = 4;
        DetectorOptions options = subject.Options();
        Subject.SetSizes(options, 4, 3);
        foreach (var property in options.GetType().GetProperties().Where(p => p.Name is "LatentDimension" or "JointBranchSize"))
            property.SetValue(options, 3);
        var detector = (NetworkDetector)subject.Create(options, Columns);
        var device = new ReferenceDevice();
        detector.Initialize(device, 5);
        foreach (Network network in detector.Networks)
            MoveBiases(network.Parameters);
        foreach (TrainingPhase phase in detector.CreatePhases(Rows, Rows))
        {
            // Spectral normalisation takes its vectors for constants, which they are once the power iteration has converged.
            for (int i = 0; i < ConvergedSteps; i++)
                RunStep(device, phase, (_, _, _) => { });
            int losses = CountLosses(device, phase);
            for (int i = 0; i < losses; i++)
                CompareGradients(device, phase, i);
        }
    }

    // Biases start at zero, where a unit whose inputs are all dropped stands on the rectifier's kink.
    private static void MoveBiases(ParameterSet parameters)
    {
        var random = new Random(7);
        for (int i = 0; i < parameters.Count; i++)
            ReferenceDevice.Write(parameters.Values, 0, i, ReferenceDevice.Read(parameters.Values, 0, i) + 0.1 * (random.NextDouble() - 0.5));
    }

    private static int CountLosses(IDevice device, TrainingPhase phase)
    {
        int count = 0;
        RunStep(device, phase, (_, _, _) => count++);
        return count;
    }

    private static void RunStep(IDevice device, TrainingPhase phase, Action<Optimizer, Tensor, string> probe)
    {
        var tape = new Tape(device);
        var noise = new NoiseSource(11);
        noise.Begin(3, 1);
        FeatureMatrix rows = FeatureMatrix.FromRows([[0.1f, 0.7f, 0.4f], [0.9f, 0.2f, 0.5f], [0.3f, 0.6f, 0.8f], [0.55f, 0.15f, 0.35f]]);
        TrainingData data = TrainingData.Create(rows, SimulatedSet.Scrambled(rows), FeatureScaling.Identity(rows.Columns), heldOutShare: 0, seed: 1);
        var step = new TrainingStep(tape, noise, data, new OtherBatches(data, 1), new LossLog(), probe)
        {
            Features = tape.Constant([.. Enumerable.Range(0, rows.Rows).SelectMany(r => rows[r].ToArray())], rows.Rows, rows.Columns),
        };
        phase.Step(step);
    }

    private static void CompareGradients(IDevice device, TrainingPhase phase, int index)
    {
        const double Step = 1e-6;
        ParameterSet[] sets = [];
        double[][] analytic = [];
        string lossName = "";
        int at = 0;
        RunStep(device, phase, (optimizer, loss, name) =>
        {
            if (at++ != index)
                return;
            lossName = name;
            sets = optimizer.Parameters.ToArray();
            loss.Tape.Backward(loss, sets);
            analytic = Array.ConvertAll(sets, set => Enumerable.Range(0, set.Count).Select(i => ReferenceDevice.Read(set.Gradients, 0, i)).ToArray());
        });

        double Loss()
        {
            double value = double.NaN;
            int position = 0;
            RunStep(device, phase, (_, loss, _) => value = position++ == index ? loss.Scalar() : value);
            return value;
        }

        for (int s = 0; s < sets.Length; s++)
        {
            for (int i = 0; i < sets[s].Count; i++)
            {
                double value = ReferenceDevice.Read(sets[s].Values, 0, i);
                ReferenceDevice.Write(sets[s].Values, 0, i, value + Step);
                double above = Loss();
                ReferenceDevice.Write(sets[s].Values, 0, i, value - Step);
                double difference = (above - Loss()) / (2 * Step);
                ReferenceDevice.Write(sets[s].Values, 0, i, value);
                // A difference of large losses has fewer digits.
                double error = Math.Abs(difference - analytic[s][i]) / Math.Max(1e-3 * Math.Max(1, Math.Abs(above)), Math.Abs(difference));
                Assert.True(error < GradientTolerance, $"Loss '{lossName}', parameter {i}: gradient {analytic[s][i]}, difference {difference}.");
            }
        }
    }
}
