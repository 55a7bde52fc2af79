using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ecosystem.Tests;

/// <summary>Pictures from files become a detector's features.</summary>
public sealed class ImageTests : IDisposable
{
    private const int Side = 16;
    private const int Scaled = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("ecosystem-tests-").FullName;
    private readonly MLContext _mlContext = new(seed: 1);

    public sealed class Picture
    {
        public string Path { get; set; } = "";

        public bool Label { get; set; }
    }

    // A bright left half on a dark ground, brighter or darker as a whole from picture to picture; damaged ones are bright on the right.
    private Picture[] Draw(int count, int seed, Func<int, bool> damaged)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var picture = new Picture { Path = $"{seed}-{i}.png", Label = damaged(i) };
            double brightness = 0.7 + 0.3 * random.NextDouble();
            Png.Write(Path.Combine(_folder, picture.Path), Side, Side, (x, _) =>
                (byte)(brightness * (x < Side / 2 != picture.Label ? 200 : 40) + random.Next(16)));
            return picture;
        })];
    }

    [Fact]
    public void PicturesAreLoadedResizedAndScored() => NativeLibraries.SkipIfMissing(() =>
    {
        IDataView training = _mlContext.Data.LoadFromEnumerable(Draw(150, 1, _ => false));
        IDataView test = _mlContext.Data.LoadFromEnumerable(Draw(60, 2, i => i % 3 == 0));
        TransformerChain<AnomalyDetectorTransformer> model = _mlContext.Transforms.LoadImages("Image", _folder, nameof(Picture.Path))
            .Append(_mlContext.Transforms.ResizeImages("Image", Scaled, Scaled))
            .Append(_mlContext.Transforms.ExtractPixels("Features", "Image", ImagePixelExtractingEstimator.ColorBits.Red, scaleImage: 1f / 255))
            .Append(Pipelines.Da3d(_mlContext))
            .Fit(training);
        IDataView scored = model.Transform(test);

        // What the detector reads is what was drawn: one channel, bright on the left of what is whole.
        float[][] features = [.. scored.GetColumn<float[]>("Features")];
        bool[] damaged = [.. scored.GetColumn<bool>("Label")];
        Assert.All(features.Zip(damaged), row =>
        {
            Assert.Equal(Scaled * Scaled, row.First.Length);
            Assert.InRange(row.First[0], row.Second ? 0.1f : 0.5f, row.Second ? 0.25f : 0.9f);
        });
        Assert.InRange(Pipelines.RocAuc(scored), 0.95, 1);

        using PredictionEngine<Picture, Verdict> engine = _mlContext.Model.CreatePredictionEngine<Picture, Verdict>(model);
        Assert.Equal(Pipelines.Scores(scored)[0], engine.Predict(new Picture { Path = "2-0.png" }).Score);
    }, "SkiaSharp");

    [Fact]
    public void AnImageIsToldHowToBecomePixels()
    {
        IDataView files = _mlContext.Data.LoadFromEnumerable(Draw(2, 3, _ => false));
        var pipeline = _mlContext.Transforms.LoadImages("Features", _folder, nameof(Picture.Path)).Append(Pipelines.Da3d(_mlContext));
        Assert.StartsWith(
            "Schema mismatch for feature column 'Features': expected Vector<Single>, got Image; take the pixels of images of one size first: " +
            "mlContext.Transforms.ResizeImages(\"Features\", imageWidth, imageHeight).Append(mlContext.Transforms.ExtractPixels(\"Features\")) (Parameter",
            Assert.Throws<ArgumentOutOfRangeException>(() => pipeline.Fit(files)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
