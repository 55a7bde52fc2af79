using System.Diagnostics;
using System.Globalization;
using DefectInspection;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

// Usage: DefectInspection [FOLDER] [--maps FOLDER]   Pictures of normal parts train a detector; what it flags among others is printed.
// FOLDER has a folder "normal" and a folder "defective" of pictures; without it some are drawn. The other one gets the most anomalous pictures,
// each beside what is odd in it, in red.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? maps = null;
if (args is [.., "--maps", var target])
    (maps, args) = (target, args[..^2]);
string[] needed = args is [var given] ? [given, Path.Combine(given, "normal"), Path.Combine(given, "defective")] : [];
string? missing = args.Length > 1 ? "Usage: DefectInspection [FOLDER] [--maps FOLDER]"
    : Array.Find(needed, name => !Directory.Exists(name)) is { } absent ? $"There is no folder {absent}: FOLDER has one with the name 'normal' and one with the name 'defective'."
    : Array.Find(needed[Math.Min(1, needed.Length)..], name => Directory.GetFiles(name, "*.png").Length < 2) is { } empty ? $"{empty} has fewer than two pictures *.png."
    : null;
if (missing is not null)
{
    Console.Error.WriteLine(missing);
    return 2;
}

string work = Directory.CreateTempSubdirectory("defect-inspection-").FullName;
try
{
    Plate[] normal, test;
    if (args is [var folder])
    {
        Plate[] Of(string name, bool label) => [.. Directory.GetFiles(Path.Combine(folder, name), "*.png").Order().Select(file => new Plate { ImagePath = file, Label = label })];
        Plate[] all = Of("normal", label: false);
        (normal, test) = (all[..(all.Length * 7 / 10)], [.. all[(all.Length * 7 / 10)..], .. Of("defective", label: true)]);
    }
    else
    {
        var plates = new Plates(seed: 1);
        normal = [.. plates.Draw(work, "training", 600, defective: false)];
        test = [.. plates.Draw(work, "good", 150, defective: false), .. plates.Draw(work, "defective", 150, defective: true)];
    }

    var mlContext = new MLContext(seed: 1);
    IDataView training = mlContext.Data.LoadFromEnumerable(normal), tested = mlContext.Data.LoadFromEnumerable(test);

    // Gray pixels from 0 to 1 of one size, in a column of 32 x 32 x 1, from which the trainer reads the shape. The cache keeps pixels: without it each pass
    // would read the files again.
    var pixels = mlContext.Transforms.LoadImages("Image", imageFolder: null, nameof(Plate.ImagePath))
        .Append(mlContext.Transforms.ResizeImages("Image", Plates.Side, Plates.Side, "Image", ImageResizingEstimator.ResizingKind.Fill))
        .Append(mlContext.Transforms.ConvertToGrayscale("Gray", "Image"))
        .Append(mlContext.Transforms.ExtractPixels("Features", "Gray", ImagePixelExtractingEstimator.ColorBits.Red, interleavePixelColors: true, scaleImage: 1 / 255f))
        .AppendCacheCheckpoint(mlContext);

    foreach ((string name, AnomalyDetectorTrainer trainer) in new (string, AnomalyDetectorTrainer)[]
    {
        ("Deep SVDD", mlContext.AnomalyDetection.Trainers.DeepSvdd(new DeepSvddTrainer.Options { Seed = 1, EnsembleSize = 1 })),
        ("Autoencoder", mlContext.AnomalyDetection.Trainers.Autoencoder(new AutoencoderTrainer.Options { Seed = 1, EnsembleSize = 1 })),
    })
    {
        var clock = Stopwatch.StartNew();
        TransformerChain<AnomalyDetectorTransformer> model = pixels.Append(trainer).Fit(training);
        double seconds = clock.Elapsed.TotalSeconds;
        IDataView scored = model.Transform(tested);
        DetectorMetrics metrics = mlContext.AnomalyDetection.EvaluateDetector(scored);
        bool[] flagged = [.. scored.GetColumn<bool>("PredictedLabel")];
        int found = flagged.Where((flag, i) => flag && test[i].Label).Count(), falseAlarms = flagged.Where((flag, i) => flag && !test[i].Label).Count();
        Console.WriteLine($"{name}: trained on {normal.Length} pictures in {seconds:F1} s, ROC-AUC {metrics.AreaUnderRocCurve:F3}, "
            + $"flags {found} of {test.Count(plate => plate.Label)} defective and {falseAlarms} of {test.Count(plate => !plate.Label)} good ones");
        if (maps is not null && model.LastTransformer.Model.CanMapAnomalies)
            Overlay.Write(maps, model.LastTransformer.WithAnomalyMap("AnomalyMap").Transform(scored));
    }

    return 0;
}
finally
{
    Directory.Delete(work, recursive: true);
}
