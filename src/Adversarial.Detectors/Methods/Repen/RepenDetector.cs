using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// REPEN, a representation for random distances (Pang, Cao, Chen and Liu 2018, arXiv:1806.04808): one layer of rectifiers in which likely outliers among the
/// training rows lie farther from likely inliers than these from each other. The score is the mean distance of a row's representation from the nearest ones of small
/// samples of training rows.
/// </summary>
/// <remarks>It fails where the rows that it takes for outliers are rare normal ones: these are pushed away.</remarks>
public sealed class RepenDetector : NetworkDetector
{
    private const int RowsOfABatch = 256;
    private const int WantedEpochs = 30;
    private const int LeastSteps = 500;
    private const float RootEpsilon = 1e-20f;

    private readonly RepenOptions _options;
    private Mlp _encoder = null!;
    private LinearMap _sum = null!;
    private LinearMap _distances = null!;
    private Adadelta _adadelta = null!;
    private TripletSource? _triplets;
    private float[]? _references;
    private float[] _draws = [];
    private float[] _rows = [];

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "REPEN",
            Paper = "Learning Representations of Ultrahigh-dimensional Data for Random Distance-based Outlier Detection",
            Year = 2018,
            Reference = "arXiv:1806.04808",
            Task = "Outlier detection in tables of many features, some of whose training rows may be outliers",
            Labels = LabelUse.None,
            Scaling = "Features of comparable scale, which the default InputScaling gives",
            Complexity = "A step costs 9 times the weights of one small layer for each row, a score these and 400 distances of 20 numbers",
            KnownFailure = "Training rows without outliers: rare normal ones are pushed away in their place",
            Readme = "src/Adversarial.Detectors/Methods/Repen/README.md",
        },
        (options, columns) => new RepenDetector(options, columns),
        RepenOptionsJson.Default.RepenOptions);

    internal RepenDetector(RepenOptions options, int columns)
        : base(options, columns) => _options = options;

    private int References => _options.NumberOfSamples * _options.SampleSize;

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_encoder];

    /// <inheritdoc/>
    protected internal override int DefaultBatchSize(int rows) => RowsOfABatch;

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        int latent = _options.LatentDimension;
        _encoder = new Mlp(device, "representation", Columns, [], latent, Activation.Identity, Activation.Relu);
        _sum = new LinearMap(device, latent, 1);
        _sum.Set(([.. Enumerable.Repeat(1f, latent)], [0]));
        _distances = new LinearMap(device, latent + 1, References);
        SetReferences(_references);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        _triplets = null;
        _draws = new float[3 * batchSize];
        _rows = new float[3 * batchSize * Columns];
        _adadelta = new Adadelta(new AdadeltaSettings(_options.LearningRate, _options.Rho), _encoder);
        double budget = WorkBudget.Of(rows, Columns) / _options.EnsembleSize;

        // Multiply-adds of a step: forward is one pass, backward two, for three rows each.
        double workOfStep = 9.0 * batchSize * _encoder.Parameters.Count;
        int wanted = Math.Max(LeastSteps, WantedEpochs * ((rows + batchSize - 1) / batchSize));
        int epochs = WorkBudget.Epochs(WorkBudget.Steps(wanted, LeastSteps, budget, workOfStep), rows, batchSize);
        return [new TrainingPhase("representation", _options.NumberOfEpochs ?? epochs, Step, _adadelta)];
    }

    /// <summary>One update on as many triplets as the batch has rows (eq. 6): max(0, margin - distance of the outlier + distance of the inlier), squared ones.</summary>
    private void Step(TrainingStep step)
    {
        _triplets ??= TripletSource.Of(RandomDistances.Of(step.Data, _options.NumberOfSamples, _options.SampleSize));
        int n = step.Rows;
        Tensor codes = _encoder.Forward(DrawTriplets(step, _triplets));
        Tensor query = codes.SliceRows(0, n), positive = codes.SliceRows(n, n), negative = codes.SliceRows(2 * n, n);
        Tensor near = query - positive, far = query - negative;
        Tensor exceeded = _sum.Forward(far * far - near * near);

        // max(0, m - e) less the constant m, without which nothing is lost in the digits of m.
        step.Minimize(_adadelta, Mean(Relu(Affine(exceeded, 1, -_options.Margin))) - Mean(exceeded), "triplets");
    }

    /// <summary>Queries, below them other inliers, below these outliers.</summary>
    private Tensor DrawTriplets(TrainingStep step, TripletSource triplets)
    {
        int n = step.Rows;
        RandomFill.Uniform(step.Noise.Next(), 0, _draws.AsSpan(0, 3 * n), 0, 1);
        void Put(int row, int at) => step.Data.Scaling.Apply(step.Data.TrainingRow(row), _rows.AsSpan(at * Columns, Columns));
        for (int i = 0; i < n; i++)
        {
            (int query, int positive, int negative) = triplets.Draw(_draws[3 * i], _draws[3 * i + 1], _draws[3 * i + 2]);
            Put(query, i);
            Put(positive, n + i);
            Put(negative, 2 * n + i);
        }

        return step.Tape.Constant(_rows.AsSpan(0, 3 * n * Columns), 3 * n, Columns);
    }

    /// <summary>Keeps the representations of the samples: scores are then a function of the row.</summary>
    protected internal override void Calibrate(int threads)
    {
        int[] places = RandomDistances.Samples(Data.Rows, _options.NumberOfSamples, _options.SampleSize);
        float[] references = RowCodes.ColumnOf(rows => _encoder.Forward(rows), Columns, _encoder.Parameters.Device, Data.Scaling, places.Length,
            i => Data.TrainingRow(places[i]));
        if (!Array.TrueForAll(references, float.IsFinite))
            throw new TrainingDivergedException("Representations of training rows are not finite.");
        SetReferences(references);
    }

    // |f - r|² = |f|² - 2 f r + |r|², as a layer on f and |f|². The rows of a sample stand as far apart as there are samples: its nearest row is found column by column.
    private void SetReferences(float[]? references)
    {
        _references = references;
        if (references is null)
            return;
        int latent = _options.LatentDimension, count = References;
        var weights = new float[(latent + 1) * count];
        var squares = new float[count];
        for (int i = 0; i < count; i++)
        {
            int column = i % _options.SampleSize * _options.NumberOfSamples + i / _options.SampleSize;
            ReadOnlySpan<float> reference = references.AsSpan(i * latent, latent);
            for (int k = 0; k < latent; k++)
                weights[k * count + column] = -2 * reference[k];
            weights[latent * count + column] = 1;
            squares[column] = (float)Reductions.SumOfSquares(reference);
        }

        _distances.Set((weights, squares));
    }

    /// <inheritdoc/>
    protected internal override long CalibrationLength => (long)sizeof(float) * References * _options.LatentDimension;

    /// <inheritdoc/>
    protected internal override void SaveCalibration(BinaryWriter writer)
    {
        foreach (float value in _references!)
            writer.Write(value);
    }

    /// <inheritdoc/>
    protected internal override void LoadCalibration(BinaryReader reader)
    {
        reader.RequireBytes(CalibrationLength, "What the model keeps of training rows");
        _references = new float[References * _options.LatentDimension];
        for (int i = 0; i < _references.Length; i++)
            _references[i] = reader.ReadFinite("A representation of a training row");
    }

    /// <summary>The mean over the samples of the distance from the nearest of their rows, among representations.</summary>
    protected internal override Tensor Score(Tensor features)
    {
        Tensor codes = _encoder.Forward(features);
        Tensor squared = _distances.Forward(ConcatenateColumns(codes, TensorRows.Sum(codes * codes)));
        int samples = _options.NumberOfSamples;
        Tensor nearest = squared.SliceColumns(0, samples);
        for (int p = 1; p < _options.SampleSize; p++)
            nearest -= Relu(nearest - squared.SliceColumns(p * samples, samples));
        return Affine(TensorRows.Sum(Root(Relu(nearest))), 1f / samples, 0);
    }

    // x / sqrt(x), which is 0 for 0.
    private static Tensor Root(Tensor x)
    {
        Tensor root = x.Tape.Allocate(x.Rows, x.Columns);
        Matrix at = x.Value, to = root.Value;
        x.Tape.Device.InverseRoot(new Matrix(at.Storage, at.Offset, 1, x.Rows * x.Columns, x.Rows * x.Columns), RootEpsilon,
            new Matrix(to.Storage, to.Offset, 1, x.Rows * x.Columns, x.Rows * x.Columns));
        return x * root;
    }
}
