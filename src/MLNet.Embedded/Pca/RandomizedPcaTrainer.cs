using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public sealed class RandomizedPcaTrainer :
    TrainerEstimatorBase<AnomalyPredictionTransformer<PcaModelParameters>, PcaModelParameters>
{
    private const string ShortName = "pcaAnomaly";

    private readonly int _rank;
    private readonly int _oversampling;
    private readonly bool _center;
    private readonly int _seed;

    internal RandomizedPcaTrainer(IHostEnvironment env, Options options)
        : base(Register(env, options), FeatureShape(options.FeatureColumnName), default, WeightShape(options.ExampleWeightColumnName))
    {
        _rank = options.Rank;
        _oversampling = options.Oversampling;
        _center = options.EnsureZeroMean;
        _seed = options.Seed ?? Host.Rand.Next();
        Errors.CheckParam(_rank > 0, nameof(_rank), "Rank must be positive");
        Errors.CheckParam(_oversampling >= 0, nameof(_oversampling), "Oversampling must be non-negative");
    }

    public override TrainerInfo Info { get; } = new(wantCaching: false);

    private protected override SchemaShape.Column[] GetOutputColumns() =>
    [
        AnomalyColumns.ScoreShape,
        AnomalyColumns.PredictedLabelShape,
    ];

    private protected override PcaModelParameters TrainModel(IChannel channel, IDataView data, DataViewSchema.Column feature,
        DataViewSchema.Column? weight)
    {
        int dimension = feature.Type.GetVectorSize();
        if (_rank > dimension)
            throw Errors.Operation($"Rank ({_rank}) cannot be larger than the original dimension ({dimension})");

        // The sum may exceed an int: oversampling has no upper limit.
        int directions = (int)Math.Min((long)_rank + _oversampling, dimension);
        var finder = new RandomizedRangeFinder(dimension, directions, _center, new Random(_seed));
        (long used, long skipped) = FeatureRows.ForEach(data, feature, weight, finder.AddRow);
        if (skipped > 0)
            channel.Warning(MessageSensitivity.None, "Skipped {0} instances with missing features/weights during training", skipped);
        if (used == 0)
            throw Errors.Operation("Empty training data");

        finder.StartSecondPass();
        FeatureRows.ForEach(data, feature, weight, finder.AddRow);
        float[][] eigenvectors = finder.FindEigenvectors(_rank).Select(vector => Array.ConvertAll(vector, v => (float)v)).ToArray();
        float[] mean = _center ? Array.ConvertAll(finder.Mean.ToArray(), v => (float)v) : null;
        return new PcaModelParameters(eigenvectors, mean);
    }

    private protected override AnomalyPredictionTransformer<PcaModelParameters> MakeTransformer(PcaModelParameters model,
        DataViewSchema trainSchema) =>
        new(Host, model, FeatureColumn.Name, trainSchema[FeatureColumn.Name].Type);

    private static IHost Register(IHostEnvironment env, Options options)
    {
        ArgumentNullException.ThrowIfNull(env);
        ArgumentNullException.ThrowIfNull(options);
        return env.Register(ShortName);
    }

    private static SchemaShape.Column FeatureShape(string name) =>
        new(name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false);

    private static SchemaShape.Column WeightShape(string name) => string.IsNullOrEmpty(name)
        ? default
        : new SchemaShape.Column(name, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false);

    public sealed class Options : UnsupervisedTrainerInputBaseWithWeight
    {
        public int Rank = 20;

        public int Oversampling = 20;

        public bool EnsureZeroMean = true;

        public int? Seed;
    }
}
