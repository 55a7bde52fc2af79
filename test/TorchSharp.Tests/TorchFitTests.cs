using System.Text;
using Adversarial.Detectors;
using Adversarial.Neural;
using Conformance.Tests;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace TorchSharp.Tests;

/// <summary>Fits on LibTorch's device: the same losses as the processor's, and models that need nothing of it.</summary>
public class TorchFitTests
{
    private const double LossTolerance = 1e-4;
    private const int Steps = 10;

    public static TheoryData<string> Subjects =>
        [.. Subject.All.Where(subject => subject.TrainsNetworks && (FullRun.IsOn || subject.Variant == Subject.Default)).Select(subject => subject.ToString())];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void The_first_losses_are_those_of_the_processor(string name)
    {
        Torch.Require();
        Subject subject = Subject.All.Single(candidate => candidate.ToString() == name);
        List<NamedLoss> expected = Losses(subject, Compared(subject)), actual = Losses(subject, new TorchDeviceFactory(TorchDeviceKind.Cpu));
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Count, actual.Count);
        foreach ((NamedLoss here, NamedLoss there) in expected.Zip(actual))
        {
            Assert.Equal(here.Name, there.Name);
            TestContext.Current.TestOutputHelper?.WriteLine($"{here.Name}: {here.Value:R} and {there.Value:R}");
            Assert.True(Math.Abs(here.Value - there.Value) <= LossTolerance * Math.Abs(here.Value), $"{here.Name} is {there.Value} instead of {here.Value}.");
        }
    }

    // Of a loss that a constant added to the critic does not change, the critic's last bias has no gradient but for rounding, and Adam makes whole steps of
    // that: losses of the critic's values alone differ then between the processor's device and the reference as well, and the reference is compared with. So it is
    // for DA3D on images, where the processor's device is the one that is farther from the reference.
    private static IDeviceFactory? Compared(Subject subject) =>
        subject.Descriptor.Name is "f-AnoGAN" || subject.ToString() is "Adversarial autoencoder (Wasserstein)" or "DA3D (images)" ? new ReferenceDevices() : null;

    private sealed class ReferenceDevices : IDeviceFactory
    {
        public string Name => "reference";

        public IDevice CreateDevice() => new ReferenceDevice();
    }

    // An epoch is one batch, so that each step is reported.
    private static List<NamedLoss> Losses(Subject subject, IDeviceFactory? device)
    {
        var losses = new List<NamedLoss>();
        FeatureMatrix rows = subject.Set.Training;
        subject.FitNetworks(rows, options =>
        {
            options.BatchSize = rows.Rows;
            options.EnsembleSize = 1;
            options.TrainingDevice = device;
            options.Progress = new Listener(report => losses.AddRange(report.Losses));
        }, Steps, subject.Set.Known);
        return losses;
    }

    [Theory]
    [InlineData("DA3D")]
    [InlineData("DAGMM")]
    [InlineData("AnoEAN")]
    public void A_fitted_model_scores_and_loads_without_the_device(string method)
    {
        Torch.Require();
        Subject subject = Subject.All.Single(candidate => candidate.ToString() == $"{method} ({Subject.Default})");
        Detector fitted = Fit(subject, _ => { });
        Assert.All(((NetworkDetector)fitted).Networks, network => Assert.IsType<CpuDevice>(network.Parameters.Device));
        byte[] file = Save(fitted);
        Assert.DoesNotContain("torch", Encoding.Latin1.GetString(file), StringComparison.OrdinalIgnoreCase);
        Detector loaded = DetectorFile.Load(new MemoryStream(file));
        Assert.Equal(fitted.Score(subject.Set.Test), loaded.Score(subject.Set.Test));
        Assert.Equal(fitted.Threshold, loaded.Threshold);
    }

    [Fact]
    public void Training_goes_on_from_a_model_of_another_device()
    {
        Torch.Require();
        Subject subject = Subject.All.Single(candidate => candidate.ToString() == $"DA3D ({Subject.Default})");
        Detector here = subject.Fit(subject.Set.Training);
        DetectorOptions options = subject.Options(steps: 5);
        ((NetworkDetectorOptions)options).UseTorch(TorchDeviceKind.Cpu);
        Detector there = subject.Create(options, subject.Set.Training.Columns);
        there.FitFrom(subject.Set.Training, null, here);
        options = subject.Options(steps: 5);
        Detector back = subject.Create(options, subject.Set.Training.Columns);
        back.FitFrom(subject.Set.Training, null, there);
        Assert.All(back.Score(subject.Set.Test), score => Assert.True(float.IsFinite(score)));
        Assert.NotEqual(here.Score(subject.Set.Test), there.Score(subject.Set.Test));
    }

    [Fact]
    public void A_checkpoint_of_another_device_is_refused()
    {
        Torch.Require();
        Subject subject = Subject.All.Single(candidate => candidate.ToString() == $"DA3D ({Subject.Default})");
        string folder = Directory.CreateTempSubdirectory("adversarial").FullName;
        string file = Path.Combine(folder, "fit.checkpoint");
        using var source = new CancellationTokenSource();
        void Stop(NetworkDetectorOptions options)
        {
            options.CheckpointPath = file;
            options.CancellationToken = source.Token;
            options.Progress = new Listener(_ => source.Cancel());
        }

        Assert.ThrowsAny<OperationCanceledException>(() => Fit(subject, Stop));
        Assert.True(File.Exists(file));
        Assert.Contains("another method, other options or other rows", Assert.Throws<InvalidOperationException>(() => subject.FitNetworks(subject.Set.Training, options => options.CheckpointPath = file)).Message);
        Assert.True(Fit(subject, options => options.CheckpointPath = file).IsFitted);
        Assert.False(File.Exists(file));
        Directory.Delete(folder);
    }

    [Fact]
    public void A_trainer_in_a_pipeline_uses_it()
    {
        Torch.Require();
        var mlContext = new MLContext(seed: 1);
        var random = new Random(3);
        Row[] all = [.. Enumerable.Range(0, 400).Select(_ => new Row { Features = [random.NextSingle(), random.NextSingle(), random.NextSingle()] })];
        IDataView rows = mlContext.Data.LoadFromEnumerable(all);
        Da3dTrainer.Options options = new Da3dTrainer.Options { MaximumNumberOfSteps = 20 }.UseTorch(mlContext);
        ITransformer model = mlContext.AnomalyDetection.Trainers.Da3d(options).Fit(rows);
        using var stream = new MemoryStream();
        mlContext.Model.Save(model, rows.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        float[] Scores(ITransformer transformer) => [.. transformer.Transform(rows).GetColumn<float>("Score")];
        Assert.Equal(Scores(model), Scores(loaded));
        Assert.True(Scores(loaded).Distinct().Count() > 300);
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    private static Detector Fit(Subject subject, Action<NetworkDetectorOptions> change) => subject.FitNetworks(subject.Set.Training, options =>
    {
        options.UseTorch(TorchDeviceKind.Cpu);
        change(options);
    }, anomalies: subject.Set.Known);

    private static byte[] Save(Detector detector)
    {
        using var stream = new MemoryStream();
        DetectorFile.Save(detector, stream);
        return stream.ToArray();
    }
}
