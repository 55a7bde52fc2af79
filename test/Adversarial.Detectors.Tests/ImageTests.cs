using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors.Tests;

/// <summary>Images: shapes, scaling, sizes of networks, and what a short training finds.</summary>
public class ImageTests
{
    private static float[] Bars(Random random, int side, int channels, bool horizontal)
    {
        // Bars at a random place, of a random brightness.
        int at = random.Next(2, side - 3);
        float light = 0.5f + 0.5f * random.NextSingle();
        var image = new float[side * side * channels];
        for (int i = 0; i < image.Length; i++)
        {
            int y = i / channels / side, x = i / channels % side;
            image[i] = ((horizontal ? y : x) - at is 0 or 1 ? light : 0) + 0.05f * random.NextSingle();
        }

        return image;
    }

    private static FeatureMatrix Images(int count, int side, int channels, bool horizontal, int seed)
    {
        var random = new Random(seed);
        return FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(_ => Bars(random, side, channels, horizontal)));
    }

    private static Detector Create(NetworkDetectorOptions options, ImageShape shape)
    {
        options.Seed = 1;
        options.NumberOfThreads = 1;
        options.EnsembleSize = 1;
        ((IImageOptions)options).ImageShape = shape;
        return DetectorRegistry.For(options).Create(options, (int)shape.Features);
    }

    // Those that learn from known anomalies are given some.
    private static FeatureMatrix? Known(DetectorOptions options, int side, int channels) =>
        options.LeastAnomalies > 0 ? Images(30, side, channels, horizontal: false, seed: 9) : null;

    public static TheoryData<string> Methods => [.. DetectorRegistry.All.Where(method => method.CreateOptions() is IImageOptions).Select(method => method.Name)];

    private static NetworkDetectorOptions OptionsOf(string method)
    {
        var options = (NetworkDetectorOptions)DetectorRegistry.Get(method).CreateOptions();
        if (options is AnoGanOptions searched)
            searched.NumberOfStartPoints = 4;
        return options;
    }

    // A game of so few steps needs a short code to be searched, or a critic that is asked less often.
    private static NetworkDetectorOptions ShortTraining(string method)
    {
        NetworkDetectorOptions options = OptionsOf(method);
        options.MaximumNumberOfSteps = 250;
        options.BatchSize = 50;
        if (options is FAnoGanOptions encoded)
            (encoded.MaximumNumberOfSteps, encoded.CriticSteps) = (60, 2);
        if (options is EgbadOptions both)
        {
            (both.MaximumNumberOfSteps, both.LearningRate, both.LatentDimension, both.BranchSize) = (600, 4e-4f, 16, 64);
            (both.ConvolutionChannels, both.GeneratorLayerSizes, both.DiscriminatorLayerSizes) = ([16, 32], [128], [128]);
        }

        if (options is AnoGanOptions searched)
        {
            (searched.MaximumNumberOfSteps, searched.NumberOfEpochs, searched.LearningRate, searched.LatentDimension, searched.NumberOfStartPoints) = (400, 200, 2e-3f, 4, 64);
            (searched.ConvolutionChannels, searched.GeneratorLayerSizes, searched.DiscriminatorLayerSizes) = ([8, 16], [64], [64]);
        }

        return options;
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Bars_of_another_direction_are_found(string method)
    {
        NetworkDetectorOptions options = ShortTraining(method);
        Detector detector = Create(options, new ImageShape(16, 16));
        detector.Fit(Images(300, 16, 1, horizontal: true, seed: 1), Known(options, 16, 1));
        float[] scores = [.. detector.Score(Images(100, 16, 1, horizontal: true, seed: 2)), .. detector.Score(Images(100, 16, 1, horizontal: false, seed: 3))];
        double auc = AnomalyMetrics.Evaluate(scores, [.. Enumerable.Range(0, 200).Select(i => i >= 100)]).RocAuc;
        Assert.True(auc > 0.9, $"AUC {auc:F3}");

        using var stream = new MemoryStream();
        DetectorFile.Save(detector, stream);
        stream.Position = 0;
        Detector loaded = DetectorFile.Load(stream);
        Assert.Equal(new ImageShape(16, 16), ((IImageOptions)loaded.Options).ImageShape);
        Assert.Equal(scores[..100], loaded.Score(Images(100, 16, 1, horizontal: true, seed: 2)));
    }

    // GANomaly's and DA3D's decoders take longer to give images back; how well a map shows what is odd is how well they do.
    [Theory]
    [InlineData("Autoencoder", 1, 1, false, 200)]
    [InlineData("Autoencoder", 3, 2, false, 200)]
    [InlineData("Autoencoder", 3, 1, true, 200)]
    [InlineData("VAE", 1, 1, false, 600)]
    [InlineData("ALAD", 1, 1, false, 600)]
    [InlineData("GANomaly", 1, 2, false, 600)]
    [InlineData("DA3D", 1, 1, false, 600)]
    [InlineData("f-AnoGAN", 1, 1, false, 100)]
    public void A_map_shows_where_a_square_was_put(string method, int channels, int members, bool planar, int steps)
    {
        const int Side = 16, Square = 4;
        NetworkDetectorOptions options = OptionsOf(method);
        options.BatchSize = 32;
        options.MaximumNumberOfSteps = steps;
        options.EnsembleSize = members;
        options.Seed = 1;
        options.NumberOfThreads = 1;
        ((IImageOptions)options).ImageShape = new ImageShape(Side, Side, channels) { IsPlanar = planar };
        Detector detector = DetectorRegistry.For(options).Create(options, Side * Side * channels);
        float[] Laid(ReadOnlySpan<float> image)
        {
            float[] row = image.ToArray();
            return planar ? [.. row.Select((_, i) => row[i % (Side * Side) * channels + i / (Side * Side)])] : row;
        }

        FeatureMatrix normal = Images(300, Side, channels, horizontal: true, seed: 1), others = Images(60, Side, channels, horizontal: true, seed: 2);
        Assert.False(detector.CanMapAnomalies);
        detector.Fit(FeatureMatrix.FromRows(Enumerable.Range(0, normal.Rows).Select(r => Laid(normal[r]))));
        Assert.True(detector.CanMapAnomalies);
        var random = new Random(3);
        int found = 0;
        for (int r = 0; r < others.Rows; r++)
        {
            float[] image = others[r].ToArray();
            int top = random.Next(Side - Square), left = random.Next(Side - Square);
            for (int i = 0; i < Square * Square * channels; i++)
                image[((top + i / channels / Square) * Side + left + i / channels % Square) * channels + i % channels] = 1;
            float[] map = detector.MapAnomalies(Laid(image));
            Assert.Equal(Side * Side, map.Length);
            int at = Array.IndexOf(map, map.Max());
            found += at / Side - top is >= 0 and < Square && at % Side - left is >= 0 and < Square ? 1 : 0;
        }

        Assert.True(found >= 0.9 * others.Rows, $"In {found} of {others.Rows} images.");
        using var stream = new MemoryStream();
        DetectorFile.Save(detector, stream);
        stream.Position = 0;
        Assert.Equal(detector.MapAnomalies(Laid(others[0])), DetectorFile.Load(stream).MapAnomalies(Laid(others[0])));
        Assert.Throws<ArgumentException>(() => detector.MapAnomalies([1]));
        Assert.Throws<ArgumentException>(() => detector.MapAnomalies(Enumerable.Repeat(float.NaN, detector.Columns).ToArray()));
    }

    [Fact]
    public void What_does_not_reconstruct_has_no_map()
    {
        var options = new DeepSvddOptions { MaximumNumberOfSteps = 2 };
        Detector detector = Create(options, new ImageShape(16, 16));
        detector.Fit(Images(20, 16, 1, horizontal: true, seed: 1));
        Assert.False(detector.CanMapAnomalies);
        Assert.Throws<NotSupportedException>(() => detector.MapAnomalies(new float[256]));
    }

    [Fact]
    public void Who_asks_for_a_map_in_vain_is_told_which_methods_have_one()
    {
        var shape = new ImageShape(8, 8);
        FeatureMatrix rows = Images(20, 8, 1, horizontal: true, seed: 1);
        Detector Fit(string method)
        {
            NetworkDetectorOptions options = OptionsOf(method);
            (options.MaximumNumberOfSteps, options.CalibrationShare) = (1, 0);
            Detector detector = Create(options, shape);
            detector.Fit(rows, Known(options, 8, 1));
            return detector;
        }

        string message = Assert.Throws<NotSupportedException>(() => Fit("Deep SVDD").CreateMapper()).Message;
        Detector committee = DetectorRegistry.For(new CommitteeOptions()).Create(new CommitteeOptions { Seed = 1, Members = [new("kNN"), new("Isolation forest")] }, rows.Columns);
        committee.Fit(rows);
        Assert.Equal(message.Replace("Deep SVDD", "Committee", StringComparison.Ordinal), Assert.Throws<NotSupportedException>(() => committee.CreateMapper()).Message);
        Assert.All(Methods.Select(method => method.Data), method => Assert.True(!Fit(method).CanMapAnomalies || message.Contains(method, StringComparison.Ordinal), method));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Any_size_trains(string method)
    {
        foreach (ImageShape shape in (ImageShape[])[new(16, 16), new(17, 31, 3), new(30, 64), new(64, 64, 3), new(128, 128), new(1, 9), new(8, 1, 2)])
        {
            NetworkDetectorOptions options = OptionsOf(method);
            options.MaximumNumberOfSteps = 1;
            options.BatchSize = 4;
            Detector detector = Create(options, shape);
            var random = new Random(5);
            FeatureMatrix rows = FeatureMatrix.FromRows(Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, (int)shape.Features).Select(_ => random.NextSingle()).ToArray()));
            detector.Fit(rows, options.LeastAnomalies > 0 ? rows : null);
            Assert.True(Array.TrueForAll(detector.Score(rows), float.IsFinite), $"{shape}");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_number_of_threads_changes_no_bit(string method)
    {
        FeatureMatrix rows = Images(90, 16, 3, horizontal: true, seed: 1);
        float[] Scores(int threads)
        {
            NetworkDetectorOptions options = OptionsOf(method);
            options.MaximumNumberOfSteps = 3;
            options.BatchSize = 40;
            Detector detector = Create(options, new ImageShape(16, 16, 3));
            detector.Options.NumberOfThreads = threads;
            detector.Fit(rows, Known(options, 16, 3));
            return detector.Score(rows, threads);
        }

        Assert.Equal(Scores(1), Scores(3));
    }

    [Theory]
    [InlineData(28, 1, 200, 200)]
    [InlineData(32, 3, 512, 512)]
    [InlineData(64, 3, 200, 32)]
    [InlineData(64, 3, 20, 20)]
    [InlineData(128, 3, 128, 16)]
    [InlineData(128, 3, 8, 8)]
    public void Batches_of_images_larger_than_those_of_the_papers_have_fewer(int side, int channels, int asked, int expected) =>
        Assert.Equal(expected, new ImageInput(new ImageShape(side, side, channels), NormalizesContrast: false).RowsOfBatch(asked));

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_shape_that_does_not_fit_is_refused(string method)
    {
        string message = Assert.Throws<ArgumentException>(() => DetectorRegistry.Get(method).Create(With(OptionsOf(method), new ImageShape(28, 28)), 30)).Message;
        Assert.StartsWith("Images of 28 x 28 x 1 have 784 features, and a row has 30: set ImageShape", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => With(OptionsOf(method), new ImageShape(0, 28)).Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => With(OptionsOf(method), new ImageShape(int.MaxValue, 3, 2)).Validate());
    }

    private static NetworkDetectorOptions With(NetworkDetectorOptions options, ImageShape shape)
    {
        ((IImageOptions)options).ImageShape = shape;
        return options;
    }

    [Fact]
    public void Networks_of_the_papers_sizes_are_the_papers()
    {
        Activation leaky = Activation.LeakyRelu(0.01f);
        (MapShape Output, int Weights, long Work) Encoder(ImageShape shape)
        {
            PoolingNetworks sizes = PoolingNetworks.Of(shape, null, null, leaky);
            var encoder = new ConvolutionalNetwork(new CpuDevice(), "encoder", sizes.Input, sizes.Encoder(withoutBias: true), new BatchNormSettings { IsAffine = false });
            var decoder = new ConvolutionalNetwork(new CpuDevice(), "decoder", new MapShape(1, 1, sizes.Latent), sizes.Decoder(Activation.Sigmoid, withoutBias: true));
            Assert.Equal(sizes.Input, decoder.OutputMaps);
            return (encoder.OutputMaps, encoder.Parameters.Count, encoder.MultiplyAdds);
        }

        Assert.Equal((new MapShape(1, 1, 32), 25 * 8 + 200 * 4 + 196 * 32, 784 * 25 * 8 + 196 * 200 * 4 + 196 * 32), Encoder(new ImageShape(28, 28)));
        Assert.Equal((new MapShape(1, 1, 128), 75 * 32 + 800 * 64 + 1600 * 128 + 2048 * 128, 1024 * 75 * 32 + 256 * 800 * 64 + 64 * 1600 * 128 + 2048 * 128L),
            Encoder(new ImageShape(32, 32, 3)));
    }

    [Fact]
    public void Contrast_is_normalised_as_the_authors_do()
    {
        float[][] images = [[0, 0, 4, 8], [2, 4, 4, 6]];
        FeatureScaling scaling = FeatureScaling.LearnImages(FeatureMatrix.FromRows(images), InputScaling.MinMax, new ImageInput(new ImageShape(2, 2), NormalizesContrast: true));

        // (x - 3) / 3 and x - 4, from -2 to 2.
        float[] scaled = new float[4];
        Assert.True(scaling.Apply(images[0], scaled));
        Assert.All(scaled.Zip((double[])[0.25, 0.25, 1 / 3.0 * 0.25 + 0.5, 5 / 3.0 * 0.25 + 0.5]), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.True(scaling.Apply((float[])[20, 40, 40, 60], scaled));
        Assert.Equal([0, 0.5f, 0.5f, 1], scaled);
        Assert.Equal((0, 8), (scaling.Low.Span[2], scaling.High.Span[0]));
        Assert.True(scaling.Apply((float[])[7, 7, 7, 7], scaled));
        Assert.Equal([0.5f, 0.5f, 0.5f, 0.5f], scaled);
        Assert.False(scaling.Apply((float[])[7, float.NaN, 7, 7], scaled));
        Assert.False(scaling.Apply((float[])[7, float.PositiveInfinity, 7, 7], scaled));
    }

    [Theory]
    [InlineData(InputScaling.Standard)]
    [InlineData(InputScaling.Robust)]
    [InlineData(InputScaling.MinMax)]
    [InlineData(InputScaling.None)]
    public void Planar_images_are_scaled_like_interleaved_ones(InputScaling kind)
    {
        var random = new Random(3);
        float[][] rows = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 12).Select(_ => 3 * random.NextSingle()).ToArray())];
        float[][] planar = [.. rows.Select(row => Enumerable.Range(0, 12).Select(i => row[i % 4 * 3 + i / 4]).ToArray())];
        var shape = new ImageShape(2, 2, 3);
        FeatureScaling interleaved = FeatureScaling.LearnImages(FeatureMatrix.FromRows(rows), kind, new ImageInput(shape, false));
        FeatureScaling ofPlanes = FeatureScaling.LearnImages(FeatureMatrix.FromRows(planar), kind, new ImageInput(shape with { IsPlanar = true }, false));
        float[] expected = new float[12], actual = new float[12], back = new float[12];
        interleaved.Apply(rows[1], expected);
        ofPlanes.Apply(planar[1], actual);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        ofPlanes.Invert(actual, back);
        Assert.All(planar[1].Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }
}
