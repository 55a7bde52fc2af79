#!/usr/bin/env dotnet
#:project ../../src/Microsoft.ML.Adversarial/Microsoft.ML.Adversarial.csproj
#:property PublishAot=false

//# # Images
//# Methods that take images read the shape from the feature column's dimensions. One that reconstructs them says where an image is odd.
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

var mlContext = new MLContext(seed: 1);

//# ## Pictures
//# Stripes of 16 x 16 pixels at any place, with noise. `samples/DefectInspection` reads files with `LoadImages`, `ResizeImages` and `ExtractPixels`.
Picture Stripes(Random random)
{
    int shift = random.Next(4);
    return new Picture { Features = [.. Enumerable.Range(0, 256).Select(i => ((i % 16) + shift) % 4 < 2 ? 0.9f - 0.1f * random.NextSingle() : 0.1f * random.NextSingle())] };
}

var random = new Random(1);
IDataView pictures = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(_ => Stripes(random)).ToArray());

//# ## Fit, with a map of what is odd
var detector = mlContext.AnomalyDetection.Trainers.Autoencoder(new AutoencoderTrainer.Options { Seed = 1, EnsembleSize = 1, MaximumNumberOfSteps = 400 })
    .Fit(pictures).WithAnomalyMap();

//# ## A picture with a spot
Picture spotted = Stripes(random);
for (int y = 6; y < 9; y++)
    spotted.Features.AsSpan(16 * y + 9, 3).Fill(0.5f);
Found found = mlContext.Model.CreatePredictionEngine<Picture, Found>(detector).Predict(spotted);
Console.WriteLine($"Anomaly: {found.PredictedLabel}"); // prints Anomaly: True

//# The map, a digit for each pixel: 1 is usual, 9 is nine times what is usual there and more.
for (int y = 0; y < 16; y++)
    Console.WriteLine(string.Concat(found.AnomalyMap.Skip(16 * y).Take(16).Select(value => (int)Math.Min(value, 9))));

//! types
internal sealed class Picture
{
    [VectorType(16, 16)]
    public float[] Features { get; set; } = [];
}

internal sealed class Found
{
    public bool PredictedLabel { get; set; }
    public float[] AnomalyMap { get; set; } = [];
}
