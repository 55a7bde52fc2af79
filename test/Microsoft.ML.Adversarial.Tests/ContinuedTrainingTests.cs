using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Training that goes on from a model, and how far new rows are from those of training.</summary>
public class ContinuedTrainingTests
{
    private const int Count = 400;
    private const int Steps = 60;

    private static readonly float[][] _old = Simulated.Rows(Count);
    private static readonly float[][] _new = [.. Simulated.Rows(Count, seed: 5).Select(row => (float[])[.. row.Select(value => 0.8f * value + 0.3f)])];

    public static TheoryData<string> Networks =>
        [.. DetectorRegistry.All.Where(method => method.CreateOptions() is NetworkDetectorOptions { LeastAnomalies: 0 }).Select(method => method.Name)];

    private static DetectorTrainer Trainer(string method, int steps = Steps, Action<DetectorOptions>? change = null)
    {
        DetectorOptions options = DetectorRegistry.Get(method).CreateOptions();
        options.Seed = 1;
        if (options is NetworkDetectorOptions networks)
            networks.MaximumNumberOfSteps = steps;
        change?.Invoke(options);
        return new MLContext(1).AnomalyDetection.Trainers.Detector(options);
    }

    private static TableView View(float[][] rows) => Simulated.Table(rows);

    [Theory]
    [MemberData(nameof(Networks))]
    public void AModelGoesOnFromItsWeights(string method)
    {
        static void KeepAllRows(DetectorOptions options) => options.CalibrationShare = 0;
        AnomalyDetectorTransformer model = Trainer(method, change: KeepAllRows).Fit(View(_old));
        byte[] before = Simulated.Bytes(model);
        AnomalyDetectorTransformer continued = Trainer(method, steps: 1, KeepAllRows).Fit(View(_new), model.Model);
        AnomalyDetectorTransformer fresh = Trainer(method, steps: 1, KeepAllRows).Fit(View(_new));

        // The model that it went on from is untouched, one step more leaves the weights close to it, and a fit of one step does not.
        Assert.Equal(before, Simulated.Bytes(model));
        double near = Distance(model, continued), far = Distance(model, fresh);
        Assert.True(near > 0 && near < 0.5 * far, $"One more step moved the weights by {near}, a fit of one step is {far} away.");

        // Scaling is kept, the range is that of all rows.
        Assert.Equal(_old.Concat(_new).Min(row => row[0]), continued.Model.FeatureMinima.Span[0]);
        Assert.Equal(_old.Concat(_new).Max(row => row[0]), continued.Model.FeatureMaxima.Span[0]);
        Assert.Equal(Count, continued.Model.TrainingScores.Length);

        // A loaded model gives the same.
        using var stream = new MemoryStream();
        DetectorFile.Save(model.Model, stream);
        stream.Position = 0;
        Assert.Equal(Simulated.Bytes(continued), Simulated.Bytes(Trainer(method, steps: 1, KeepAllRows).Fit(View(_new), DetectorFile.Load(stream))));
    }

    private static double Distance(AnomalyDetectorTransformer one, AnomalyDetectorTransformer other)
    {
        double sum = 0;
        foreach ((global::Adversarial.Neural.Network a, global::Adversarial.Neural.Network b) in ((NetworkDetector)one.Model).Networks.Zip(((NetworkDetector)other.Model).Networks))
        {
            sum += Weights(a).Zip(Weights(b), (p, q) => Math.Pow(p - q, 2)).Sum();
        }

        return Math.Sqrt(sum);

        static float[] Weights(global::Adversarial.Neural.Network network)
        {
            var values = new float[network.Parameters.Count];
            network.Parameters.Device.Download(network.Parameters.Values, values);
            return values;
        }
    }

    [Fact]
    public void AfterAShiftThreeModelsDiffer()
    {
        float[][] anomalies = Simulated.Rows(Count, anomalous: _ => true, seed: 7);
        AnomalyDetectorTransformer old = Trainer("Autoencoder", 2000).Fit(View(_old));
        AnomalyDetectorTransformer continued = Trainer("Autoencoder", 300).Fit(View(_new), old.Model);
        Assert.True(FlaggedShare(old, _new) > 0.3, "The shift is too small to be seen.");
        Assert.InRange(FlaggedShare(continued, _new), 0, 0.15);
        Assert.True(FlaggedShare(continued, anomalies) > 0.5);
    }

    private static double FlaggedShare(AnomalyDetectorTransformer model, float[][] rows) =>
        model.Transform(View(rows)).GetColumn<bool>("PredictedLabel").Average(flag => flag ? 1.0 : 0);

    [Fact]
    public void WhatCannotGoOnIsRefused()
    {
        AnomalyDetectorTransformer model = Trainer("Autoencoder").Fit(View(_old));
        string Refused<T>(Func<object> fit)
            where T : Exception => Assert.ThrowsAny<T>(fit).Message;

        Assert.Contains("The model is of Autoencoder, and VAE is trained", Refused<ArgumentException>(() => Trainer("VAE").Fit(View(_new), model.Model)), StringComparison.Ordinal);
        Assert.Contains("fit it to old and new rows together", Refused<NotSupportedException>(() => Trainer("kNN").Fit(View(_new), model.Model)), StringComparison.Ordinal);
        Assert.Contains("The model has 4 features, and the rows have 3", Refused<ArgumentException>(() => Trainer("Autoencoder").Fit(View([.. _new.Select(row => row[..3])]), model.Model)), StringComparison.Ordinal);
        Assert.Contains("other sizes", Refused<ArgumentException>(() => Trainer("Autoencoder", change: options => ((AutoencoderOptions)options).LatentDimension = 1).Fit(View(_new), model.Model)), StringComparison.Ordinal);
        Assert.Contains("InputScaling Standard", Refused<ArgumentException>(() => Trainer("Autoencoder", change: options => options.InputScaling = InputScaling.MinMax).Fit(View(_new), model.Model)), StringComparison.Ordinal);
        Detector unfitted = DetectorRegistry.Get("Autoencoder").Create(new AutoencoderOptions(), 4);
        Assert.Contains("not fitted", Refused<InvalidOperationException>(() => Trainer("Autoencoder").Fit(View(_new), unfitted)), StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentNullException>(() => Trainer("Autoencoder").Fit(View(_new), null!));
    }

    // Trees isolate the rows that they were grown from earlier: new rows of the same kind would pass for drift.
    [Fact]
    public void AForestOfFewRowsSaysThatItsTrainingScoresAreNoNewOnes()
    {
        DetectorDrift drift = Trainer("Isolation forest", 1).Fit(View(_old)).Drift(View(Simulated.Rows(Count, seed: 9)));
        Assert.False(drift.ScoresAreComparable);
        Assert.Contains("CalibrationShare", drift.ToString(), StringComparison.Ordinal);

        drift = Trainer("Isolation forest", change: options => options.CalibrationShare = 0.3).Fit(View(_old)).Drift(View(Simulated.Rows(Count, seed: 9)));
        Assert.True(drift.ScoresAreComparable);
        Assert.InRange(drift.ScorePValue, 0.001, 1);
    }

    [Theory]
    [InlineData("kNN")]
    [InlineData("Autoencoder")]
    [InlineData("Committee")]
    public void DriftIsSeenWhereThereIsSomeAndOnlyThere(string method)
    {
        var context = new MLContext(1);
        using var stream = new MemoryStream();
        context.Model.Save(Trainer(method, 300).Fit(View(_old)), View(_old).Schema, stream);
        stream.Position = 0;
        var loaded = (AnomalyDetectorTransformer)context.Model.Load(stream, out _);

        DetectorDrift same = loaded.Drift(View(Simulated.Rows(Count, seed: 9)));
        Assert.Equal((Count, 0, Count), (same.NumberOfRows, same.NumberOfMissingRows, same.NumberOfTrainingRows));
        Assert.True(same.ScoresAreComparable);
        Assert.InRange(same.ScorePValue, 0.001, 1);
        Assert.All(same.Features, feature => Assert.InRange(feature.AdjustedPValue, 0.001, 1));

        // One feature moves by a tenth of its range.
        float[][] moved = [.. Simulated.Rows(Count, seed: 9).Select(row => (float[])[row[0], row[1], row[2] + 0.2f, row[3]])];
        DetectorDrift drift = loaded.Drift(View(moved));
        Assert.Equal(2, drift.Features[0].Index);
        Assert.InRange(drift.Features[0].AdjustedPValue, 0, 1e-4);
        Assert.All(drift.Features.Skip(1), feature => Assert.InRange(feature.AdjustedPValue, 0.001, 1));
        Assert.InRange(drift.ScorePValue, 0, 1e-4);
        Assert.True(drift.FlaggedShare > same.FlaggedShare);
        Assert.Contains("2: distance ", drift.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void MissingRowsDoNotCountAndNoRowsAreRefused()
    {
        AnomalyDetectorTransformer model = Trainer("kNN").Fit(View(_old));
        float[][] rows = [[float.NaN, 0, 0, 0], .. Simulated.Rows(50, seed: 3)];
        DetectorDrift drift = model.Drift(View(rows));
        Assert.Equal((50, 1), (drift.NumberOfRows, drift.NumberOfMissingRows));
        Assert.Contains("All 1 rows hold NaN", Assert.Throws<InvalidOperationException>(() => model.Drift(View(rows[..1]))).Message, StringComparison.Ordinal);
        Assert.Contains("There are no rows", Assert.Throws<InvalidOperationException>(() => model.Drift(new MLContext().Data.SkipRows(View(rows), 1000))).Message, StringComparison.Ordinal);
    }
}
