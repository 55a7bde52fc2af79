using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Where the shape of images comes from, and what is said where it does not fit.</summary>
public class ImageColumnTests
{
    private const int Height = 6;
    private const int Width = 5;
    private const int Colours = 3;

    private static readonly MLContext _mlContext = new(1);

    private static readonly float[][] _gray = Pictures(1), _coloured = Pictures(Colours);

    private static float[][] Pictures(int channels)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, 24).Select(_ => Enumerable.Range(0, Height * Width * channels).Select(_ => random.NextSingle()).ToArray())];
    }

    // The same pictures with each channel's apart.
    private static float[][] Planar(float[][] rows) =>
        [.. rows.Select(row => Enumerable.Range(0, row.Length).Select(i => row[i % (Height * Width) * Colours + i / (Height * Width)]).ToArray())];

    private static IDataView View(float[][] rows, params int[] dimensions)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Picture));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return _mlContext.Data.LoadFromEnumerable(rows.Select(row => new Picture { Features = row }), schema);
    }

    private static DeepSvddTrainer Trainer(ImageShape? shape = null) => _mlContext.AnomalyDetection.Trainers.DeepSvdd(new DeepSvddTrainer.Options
    {
        ImageShape = shape,
        Seed = 1,
        EnsembleSize = 1,
        MaximumNumberOfSteps = 3,
        EncoderLayerSizes = [3],
    });

    private static float[] Scores(AnomalyDetectorTransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float>("Score")];

    private static ImageShape? ShapeOf(AnomalyDetectorTransformer model) => ((DeepSvddOptions)model.Model.Options).ImageShape;

    [Fact]
    public void TheColumnTellsTheShape()
    {
        Assert.Equal(new ImageShape(Height, Width), ShapeOf(Trainer().Fit(View(_gray, Height, Width))));
        Assert.Equal(new ImageShape(Height, Width), ShapeOf(Trainer().Fit(View(_gray, Height, Width, 1))));
        Assert.Equal(new ImageShape(Height, Width, Colours), ShapeOf(Trainer().Fit(View(_coloured, Height, Width, Colours))));
        Assert.Equal(new ImageShape(Height, Width, Colours) { IsPlanar = true }, ShapeOf(Trainer().Fit(View(_coloured, Colours, Height, Width))));
        Assert.Null(ShapeOf(Trainer().Fit(View(_gray, Height * Width))));
    }

    [Fact]
    public void BothLayoutsGiveTheSameScores()
    {
        IDataView interleaved = View(_coloured, Height, Width, Colours), planar = View(Planar(_coloured), Colours, Height, Width);
        AnomalyDetectorTransformer ofInterleaved = Trainer().Fit(interleaved), ofPlanar = Trainer().Fit(planar);
        float[] expected = Scores(ofInterleaved, interleaved);
        Assert.All(expected.Zip(Scores(ofPlanar, planar)), pair => Assert.Equal(pair.First, pair.Second, 1e-3f * Math.Abs(pair.First)));
        Assert.True(expected.Distinct().Count() > 20);
    }

    [Fact]
    public void AnOptionTellsItWhereDimensionsAreLost()
    {
        AnomalyDetectorTransformer told = Trainer(new ImageShape(Height, Width)).Fit(View(_gray, Height * Width));
        Assert.Equal(Scores(Trainer().Fit(View(_gray, Height, Width, 1)), View(_gray, Height, Width, 1)), Scores(told, View(_gray, Height * Width)));
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedByItsDimensions()
    {
        string message = Assert.Throws<ArgumentException>(() => Trainer(new ImageShape(28, 28)).Fit(View(_gray, Height * Width))).Message;
        Assert.Equal("Images of 28 x 28 x 1 do not fit column 'Features', whose dimensions are 30: set ImageShape to height, width and channels of the images, or to null to read it from a column of images. (Parameter 'ImageShape')", message);
        message = Assert.Throws<ArgumentException>(() => Trainer(new ImageShape(Width, Height)).Fit(View(_gray, Height, Width, 1))).Message;
        Assert.Contains("Images of 5 x 6 x 1 do not fit column 'Features', whose dimensions are 6 x 5 x 1:", message, StringComparison.Ordinal);

        AnomalyDetectorTransformer model = Trainer().Fit(View(_coloured, Height, Width, Colours));
        message = Assert.Throws<ArgumentException>(() => model.Transform(View(_coloured, Colours, Height, Width))).Message;
        Assert.Contains("Images of 6 x 5 x 3 do not fit column 'Features', whose dimensions are 3 x 6 x 5: the detector was trained on images of the first shape", message, StringComparison.Ordinal);
        Assert.Equal(Scores(model, View(_coloured, Height, Width, Colours)), Scores(model, View(_coloured, Height * Width * Colours)));
    }

    // The trainer's options were the model's own: what differed was the column.
    [Fact]
    public void TrainingThatCannotGoOnNamesBothShapes()
    {
        AnomalyDetectorTransformer model = Trainer().Fit(View(_coloured, Height, Width, Colours));
        string message = Assert.Throws<ArgumentException>(() => Trainer().Fit(View(Planar(_coloured), Colours, Height, Width), model.Model)).Message;
        Assert.StartsWith("The model was trained with InputScaling Standard and images 6 x 5 x 3 of normalised contrast, and now they are Standard and 3 x 6 x 5 of normalised contrast:", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelKeepsTheShape()
    {
        IDataView data = View(_coloured, Height, Width, Colours);
        AnomalyDetectorTransformer model = Trainer().Fit(data);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _mlContext.Model.Load(stream, out _);
        Assert.Equal(Scores(model, data), loaded.Transform(data).GetColumn<float>("Score").ToArray());
        Assert.Throws<ArgumentException>(() => loaded.Transform(View(_coloured, Colours, Height, Width)));
    }

    [Fact]
    public void BytesAreImagesOnceTheyAreConverted()
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Bytes));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Byte, Height, Width);
        IDataView bytes = _mlContext.Data.LoadFromEnumerable(_gray.Select(row => new Bytes { Features = Array.ConvertAll(row, value => (byte)(255 * value)) }), schema);
        string message = Assert.ThrowsAny<ArgumentException>(() => Trainer().Fit(bytes)).Message;
        Assert.Contains("Byte", message);
        IDataView converted = _mlContext.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.Single).Fit(bytes).Transform(bytes);
        Assert.Equal(new ImageShape(Height, Width), ShapeOf(Trainer().Fit(converted)));
    }

    [Fact]
    public void MembersOfACommitteeReadItToo()
    {
        CommitteeTrainer trainer = _mlContext.AnomalyDetection.Trainers.Committee(new CommitteeTrainer.Options
        {
            Seed = 1,
            Members = [new CommitteeMember(new AutoencoderOptions { EnsembleSize = 1, MaximumNumberOfSteps = 3 }), new CommitteeMember(new IsolationForestOptions())],
        });
        var options = (CommitteeOptions)trainer.Fit(View(_gray, Height, Width)).Model.Options;
        Assert.Equal(new ImageShape(Height, Width), Assert.IsType<AutoencoderOptions>(options.Members![0].Options).ImageShape);
    }

    [Fact]
    public void AMapIsAColumnWhereTheMethodReconstructs()
    {
        AnomalyDetectorTransformer plain = _mlContext.AnomalyDetection.Trainers.Autoencoder(new AutoencoderTrainer.Options
        {
            Seed = 1,
            EnsembleSize = 1,
            MaximumNumberOfSteps = 3,
        }).Fit(View(_gray, Height, Width));
        IDataView data = View([.. _gray[..8], Array.ConvertAll(_gray[8], _ => float.NaN)], Height, Width);
        AnomalyDetectorTransformer model = plain.WithAnomalyMap("Map").WithContributions();
        IDataView scored = model.Transform(data);
        Assert.Equal(["Features", "PredictedLabel", "Score", "Map", "FeatureContributions"], scored.Schema.Select(column => column.Name));
        Assert.Equal([Height, Width], ((VectorDataViewType)scored.Schema["Map"].Type).Dimensions);

        // Read without the score, too.
        float[][] maps = [.. scored.GetColumn<float[]>("Map")];
        Assert.All(maps[..8].Zip(_gray), pair => Assert.Equal(plain.Model.MapAnomalies(pair.Second), pair.First));
        Assert.All(maps[8], value => Assert.True(float.IsNaN(value)));

        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        Assert.Equal(maps, _mlContext.Model.Load(stream, out _).Transform(data).GetColumn<float[]>("Map"));
        Assert.Equal(["Features", "PredictedLabel", "Score"], model.WithAnomalyMap(null).WithContributions(null).GetOutputSchema(data.Schema).Select(column => column.Name));

        Assert.Throws<ArgumentException>(() => plain.WithAnomalyMap("Score"));
        Assert.Throws<ArgumentException>(() => model.WithAnomalyMap("FeatureContributions"));
        Assert.Throws<NotSupportedException>(() => Trainer().Fit(View(_gray, Height, Width)).WithAnomalyMap());
        Assert.Throws<NotSupportedException>(() => _mlContext.AnomalyDetection.Trainers.Autoencoder(new AutoencoderTrainer.Options
        {
            MaximumNumberOfSteps = 1,
        }).Fit(View(_gray, Height * Width)).WithAnomalyMap());
    }

    private sealed class Bytes
    {
        public byte[] Features { get; set; } = [];
    }

    private sealed class Picture
    {
        public float[] Features { get; set; } = [];
    }
}
