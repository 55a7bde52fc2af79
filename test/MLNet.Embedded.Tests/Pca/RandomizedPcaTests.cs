using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MLNet.Embedded.Tests.Pca;

public class RandomizedPcaTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void The_shape_lists_the_score_first_the_data_the_label_first()
    {
        RandomizedPcaTrainer trainer = Trainer();
        IDataView data = Load(Cloud());
        SchemaShape shape = trainer.GetOutputSchema(SchemaShape.Create(data.Schema));
        Assert.Equal(["Features", "Weight", "Score", "PredictedLabel"], shape.Select(column => column.Name));
        Assert.Equal(["Features", "Weight", "PredictedLabel", "Score"],
            trainer.Fit(data).GetOutputSchema(data.Schema).Select(column => column.Name));
        Assert.All(shape.TakeLast(2), column =>
            Assert.Equal(["ScoreColumnKind", "ScoreColumnSetId", "ScoreValueKind"], column.Annotations.Select(kind => kind.Name).Order()));
    }

    [Fact]
    public void Information_is_that_of_MLNET()
    {
        Assert.True(Trainer().Info.NeedNormalization);
        Assert.False(Trainer().Info.WantCaching);
    }

    [Fact]
    public void Training_reads_the_rows_twice()
    {
        int passes = 0;
        IEnumerable<Point> Counted()
        {
            passes++;
            foreach (Point point in Cloud())
                yield return point;
        }
        Trainer().Fit(_context.Data.LoadFromEnumerable(Counted()));
        Assert.Equal(2, passes);
    }

    [Fact]
    public void Rows_with_missing_features_are_skipped_with_one_warning()
    {
        var warnings = new List<string>();
        _context.Log += (_, e) =>
        {
            if (e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
                warnings.Add(e.RawMessage);
        };
        Point[] points = Cloud();
        PcaModelParameters clean = Trainer().Fit(Load(points)).Model;
        Point bad = new() { Features = [float.NaN, 1, 2], Weight = 1 };
        PcaModelParameters same = Trainer().Fit(Load([bad, .. points, bad])).Model;
        Assert.Equal(["Skipped 2 instances with missing features/weights during training"], warnings);
        Assert.Equal(Vectors(clean), Vectors(same));
    }

    [Fact]
    public void A_weight_counts_like_as_many_rows()
    {
        Point[] points = Cloud();
        Point[] twice = [.. points, .. points.Take(10)];
        foreach (Point point in points.Take(10))
            point.Weight = 2;
        var trainer = _context.AnomalyDetection.Trainers.RandomizedPca(exampleWeightColumnName: "Weight", rank: 2, seed: 1);
        float[] weighted = Vectors(trainer.Fit(Load(points)).Model);
        float[] repeated = Vectors(Trainer().Fit(Load(twice)).Model);
        Assert.All(weighted.Zip(repeated), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Eigenvectors_are_orthonormal_and_the_mean_is_near_the_data()
    {
        PcaModelParameters model = Trainer().Fit(Load(Cloud())).Model;
        VBuffer<float>[] vectors = null;
        model.GetEigenVectors(ref vectors, out int rank);
        Assert.Equal(2, rank);
        Assert.Equal(1, Dot(vectors[0], vectors[0]), 1e-5);
        Assert.Equal(1, Dot(vectors[1], vectors[1]), 1e-5);
        Assert.Equal(0, Dot(vectors[0], vectors[1]), 1e-5);
        VBuffer<float> mean = default;
        model.GetMean(ref mean);
        Assert.Equal(3, mean.Length);
        Assert.Equal(10, mean.GetItemOrDefault(2), 1f);
    }

    [Fact]
    public void Without_directions_left_the_rest_counts_as_unexplained()
    {
        // All variance along one axis: the second direction exists in name only.
        Point[] line = Enumerable.Range(0, 20).Select(i => new Point { Features = [i, 0, 0], Weight = 1 }).ToArray();
        ITransformer model = Trainer().Fit(Load(line));
        Point[] probes = [new() { Features = [30, 0, 0] }, new() { Features = [9.975f, 5, 0] }];
        Assert.Equal([0f, 1f], model.Transform(Load(probes)).GetColumn<float>("Score").Select(score => MathF.Round(score, 3)));
    }

    [Fact]
    public void A_row_at_the_mean_has_no_score_and_no_label()
    {
        var model = _context.AnomalyDetection.Trainers.RandomizedPca(rank: 1, ensureZeroMean: false, seed: 1).Fit(Load(Cloud()));
        IDataView scored = model.Transform(Load([new Point { Features = [0, 0, 0] }, new Point { Features = [1, float.NaN, 0] }]));
        Assert.All(scored.GetColumn<float>("Score"), score => Assert.True(float.IsNaN(score)));
        Assert.All(scored.GetColumn<bool>("PredictedLabel"), Assert.False);
    }

    [Fact]
    public void Few_random_directions_find_nearly_the_same_subspace_as_all()
    {
        var random = new Random(3);
        Wide[] rows = Enumerable.Range(0, 300).Select(_ => new Wide
        {
            Features = Enumerable.Range(1, Wide.Size).Select(i => (random.NextSingle() - 0.5f) * 20 / (i * i)).ToArray(),
        }).ToArray();
        IDataView data = _context.Data.LoadFromEnumerable(rows);
        float[] Scores(int oversampling) => [.. _context.AnomalyDetection.Trainers.RandomizedPca(rank: 3, oversampling: oversampling, seed: 1)
            .Fit(data).Transform(data).GetColumn<float>("Score")];
        Assert.All(Scores(5).Zip(Scores(Wide.Size)), pair => Assert.Equal(pair.First, pair.Second, 0.01f));
    }

    [Fact]
    public void Seeds_decide_as_in_MLNET()
    {
        // The default seed comes from the environment: two contexts with one seed agree.
        float[] Scores(MLContext context) => [.. context.AnomalyDetection.Trainers.RandomizedPca(rank: 1, oversampling: 0)
            .Fit(Load(Cloud())).Transform(Load(Cloud())).GetColumn<float>("Score")];
        Assert.Equal(Scores(new MLContext(seed: 7)), Scores(new MLContext(seed: 7)));
    }

    [Fact]
    public void The_threshold_is_strict_and_can_be_changed()
    {
        var model = Trainer().Fit(Load(Cloud()));
        Assert.Same(model, _context.AnomalyDetection.ChangeModelThreshold(model, 0.5f));
        float[] scores = [.. model.Transform(Load(Cloud())).GetColumn<float>("Score")];
        float threshold = scores[3];
        var changed = _context.AnomalyDetection.ChangeModelThreshold(model, threshold);
        Assert.NotSame(model, changed);
        Assert.Same(model.Model, changed.Model);
        foreach (ITransformer transformer in new ITransformer[] { changed, SavedModel.RoundTrip(changed, Load(Cloud()).Schema) })
        {
            IDataView scored = transformer.Transform(Load(Cloud()));
            Assert.Equal(scores.Select(score => score > threshold), scored.GetColumn<bool>("PredictedLabel"));
        }
    }

    [Fact]
    public void A_second_detector_gets_the_next_set_id()
    {
        IDataView data = Load(Cloud());
        var model = Trainer().Fit(data);
        IDataView twice = model.Transform(model.Transform(data));
        uint id = 0;
        twice.Schema["Score"].Annotations.GetValue("ScoreColumnSetId", ref id);
        Assert.Equal(2u, id);
    }

    [Fact]
    public void Options_and_arguments_make_the_same_trainer()
    {
        var options = new RandomizedPcaTrainer.Options();
        Assert.Equal("Features", options.FeatureColumnName);
        Assert.Null(options.ExampleWeightColumnName);
        Assert.Equal((20, 20, true, null), (options.Rank, options.Oversampling, options.EnsureZeroMean, options.Seed));
        options.Rank = 2;
        options.Seed = 1;
        IDataView data = Load(Cloud());
        RandomizedPcaTrainer fromOptions = _context.AnomalyDetection.Trainers.RandomizedPca(options);
        Assert.Equal(Vectors(Trainer().Fit(data).Model), Vectors(fromOptions.Fit(data).Model));
    }

    private RandomizedPcaTrainer Trainer() => _context.AnomalyDetection.Trainers.RandomizedPca(rank: 2, seed: 1);

    private IDataView Load(IEnumerable<Point> points) => _context.Data.LoadFromEnumerable(points);

    private static Point[] Cloud()
    {
        var random = new Random(5);
        return Enumerable.Range(0, 60).Select(_ =>
        {
            float t = random.NextSingle() * 8 - 4;
            float u = random.NextSingle() * 3;
            return new Point { Features = [t, 0.5f * t + u, 10 + 0.1f * random.NextSingle()], Weight = 1 };
        }).ToArray();
    }

    private static float[] Vectors(PcaModelParameters model)
    {
        VBuffer<float>[] vectors = null;
        model.GetEigenVectors(ref vectors, out int _);
        return vectors.SelectMany(vector => vector.DenseValues()).ToArray();
    }

    private static double Dot(VBuffer<float> a, VBuffer<float> b) => a.DenseValues().Zip(b.DenseValues(), (x, y) => (double)x * y).Sum();

    private sealed class Wide
    {
        internal const int Size = 60;

        [VectorType(Size)]
        public float[] Features { get; set; }
    }

    private sealed class Point
    {
        [VectorType(3)]
        public float[] Features { get; set; }

        public float Weight { get; set; }
    }
}
