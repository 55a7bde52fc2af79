using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Conformance.Tests.MLNet;

/// <summary>A trainer with one fault.</summary>
/// <param name="Subject">The trainer.</param>
/// <param name="Failing">Numbers of the checks that must fail for it: all of them, and no other.</param>
internal sealed record BrokenTrainer(TrainerSubject Subject, params string[] Failing)
{
    private const int OtherSeed = 4711;

    // What is saved is the right transformer: a fault in what is shown differs from the loaded model, too.
    private static readonly string[] _saved = ["28s", "28t", "28u"];

    private static readonly TrainerSubject _right = TrainerSubject.All.First(subject => !subject.UsesAnomalies);

    private delegate IEstimator<ITransformer> Fault(IEstimator<ITransformer> right, Func<IEstimator<ITransformer>> other);

    /// <summary>All toys; the first one has no fault.</summary>
    public static IReadOnlyList<BrokenTrainer> All { get; } =
    [
        Toy("has no fault", (right, _) => right),
        Toy("promises no score", (right, _) => new ChangedEstimator(right) { Shape = shape => new SchemaShape(right.GetOutputSchema(shape).Where(column => column.Name != "Score")) },
            "28a", "28g"),
        Transforming("tells another schema than it delivers", model => new ChangedTransformer(model) { OutputSchema = _ => new DataViewSchema.Builder().ToSchema() }, "28a", "28g"),
        Transforming("delivers columns without annotations", model => new ChangedTransformer(model) { View = (_, scored) => WithoutAnnotations(scored) }, "28a", "28b", "28r", "28s"),
        Transforming("refuses rows that have a score", model => new ChangedTransformer(model) { View = RefuseScored }, "28a", "28b", "28c", "28g"),
        Toy("explains no error", (right, _) => new ChangedEstimator(right) { Fitted = data => ExplainNothing(right, data) }, "28d"),
        TrainsOtherwise("on a cached view", data => data.CanShuffle, "28e"),
        TrainsOtherwise("on sparse vectors", IsSparse, "28f"),
        TrainsOtherwise("behind any transform", data => data is not TableView, "28e", "28g", "28i", "28q", "28s", "28z"),
        Rows("labels the wrong rows", new RowChanges { Label = (score, label) => float.IsNaN(score) ? label : !label }, mapper: true, ["28h", .. _saved]),
        Toy("keeps its first model", KeepFirstModel, "28i"),
        Transforming("reads before it is asked", model => new ChangedTransformer(model) { View = ReadAhead }, "28j"),
        Rows("reads columns that nobody asked for", new RowChanges { ReadsAll = true }, mapper: false, "28j"),
        Rows("leaves cursors open", new RowChanges { LeavesOpen = true }, mapper: false, "28j"),
        Rows("counts positions from one", new RowChanges { Position = position => position + 1 }, mapper: false, "28k"),
        Rows("forgets row ids", new RowChanges { Id = _ => default }, mapper: false, "28k"),
        Rows("loses text", new RowChanges { Name = _ => default }, mapper: false, "28l"),
        Rows("scores by row id", new RowChanges { Score = ScoreById }, mapper: false, ["28o", "28q", "28r", .. _saved]),
        Transforming("scores otherwise on another thread", ScoreByThread, "28m", "28n"),
        Rows("flags rows that are not finite, whatever it is told", new RowChanges { Label = (score, label) => label || float.IsNaN(score) }, mapper: true, "28p"),
        Rows("overlooks rows that are not finite", new RowChanges { Label = (score, label) => label && !float.IsNaN(score) }, mapper: true, "28p"),
        Transforming("makes rows to score fit", model => new ChangedTransformer(model) { View = (input, _) => model.Transform(MakeFit(input)) }, "31"),
        Transforming("predicts otherwise than a batch", model => new ChangedTransformer(model) { Mapper = PredictOtherwise }, "28q", "28r"),
        Transforming("does not know what it reads", model => new ChangedTransformer(model) { Mapper = mapper => new ChangedMapper(mapper, new RowChanges(), schema => schema) }, "28r"),
        Toy("saves another model", (right, other) => new ChangedEstimator(right) { Fitted = data => new ChangedTransformer(right.Fit(data)) { Saved = other().Fit(data) } }, _saved),
        Toy("trains on after its first fit", TrainOn, "28i", "28v", "28x"),
        Made("ignores the context's seed", (make, mlContext, options) => make(mlContext, With(options, copy => copy.Seed ??= OtherSeed)), "28w"),
        Made("changes its caller's options", ChangeOptions, "28x"),
        Made("accepts any option", AcceptAnything, "28y"),
        Made("ignores the columns' names", (make, mlContext, options) => make(mlContext, With(options, copy => ((IAnomalyDetectorColumns)copy).FeatureColumnName = "Features")), "28z"),
        Made("ignores the labels", (make, mlContext, options) => make(mlContext, With(options, copy => ((IAnomalyDetectorColumns)copy).LabelColumnName = null)), "28z", "28za"),
        Made("ignores which label is normal", (make, mlContext, options) => make(mlContext, With(options, copy => ((IAnomalyDetectorColumns)copy).NormalLabel = null)), "28za"),
        Toy("makes rows fit", (right, _) => new ChangedEstimator(right) { Fitted = data => right.Fit(MakeFit(data)) }, "28zb"),
    ];

    private static BrokenTrainer Made(string fault, Func<Func<MLContext, DetectorOptions, IEstimator<ITransformer>>, MLContext, DetectorOptions, IEstimator<ITransformer>> create, params string[] failing) =>
        new(_right.With($"A trainer that {fault}", create), failing);

    private static BrokenTrainer Toy(string fault, Fault change, params string[] failing) => Made(fault, (make, mlContext, options) =>
        change(make(mlContext, options), () => make(new MLContext(OtherSeed), With(options, copy => copy.Seed = OtherSeed))), failing);

    private static BrokenTrainer Transforming(string fault, Func<ITransformer, ITransformer> change, params string[] failing) =>
        Toy(fault, (right, _) => new ChangedEstimator(right) { Fitted = data => change(right.Fit(data)) }, failing);

    private static BrokenTrainer Rows(string fault, RowChanges changes, bool mapper, params string[] failing) => Transforming(fault, model => new ChangedTransformer(model)
    {
        View = (_, scored) => new ChangedView(scored, changes),
        Mapper = right => mapper ? new ChangedMapper(right, changes) : right,
    }, failing);

    private static BrokenTrainer TrainsOtherwise(string where, Func<IDataView, bool> applies, params string[] failing) =>
        Toy($"trains otherwise {where}", (right, other) => new ChangedEstimator(right) { Fitted = data => (applies(data) ? other() : right).Fit(data) }, failing);

    private static DetectorOptions With(DetectorOptions options, Action<DetectorOptions> change)
    {
        DetectorOptions copy = options.Clone();
        change(copy);
        return copy;
    }

    private static ChangedView WithoutAnnotations(IDataView scored)
    {
        var builder = new DataViewSchema.Builder();
        foreach (DataViewSchema.Column column in scored.Schema)
            builder.AddColumn(column.Name, column.Type, column.Name is "Score" or "PredictedLabel" ? null : column.Annotations);
        return new ChangedView(scored, new RowChanges(), builder.ToSchema());
    }

    private static IDataView RefuseScored(IDataView input, IDataView scored) =>
        input.Schema.GetColumnOrNull("Score") is null ? scored : throw new InvalidOperationException("The rows are scored already.");

    private static ITransformer ExplainNothing(IEstimator<ITransformer> right, IDataView data)
    {
        try
        {
            return right.Fit(data);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new InvalidOperationException("Bad data.");
        }
    }

    private static bool IsSparse(IDataView data) =>
        data.Schema.GetColumnOrNull("Features") is { Type: VectorDataViewType { IsKnownSize: true } } features && data.GetColumn<VBuffer<float>>(features).Any(vector => !vector.IsDense);

    private static ChangedEstimator KeepFirstModel(IEstimator<ITransformer> right, Func<IEstimator<ITransformer>> other)
    {
        ITransformer? first = null;
        return new ChangedEstimator(right) { Fitted = data => first ??= right.Fit(data) };
    }

    private static ChangedEstimator TrainOn(IEstimator<ITransformer> right, Func<IEstimator<ITransformer>> other)
    {
        int fits = 0;
        return new ChangedEstimator(right) { Fitted = data => (fits++ == 0 ? right : other()).Fit(data) };
    }

    private static ChangedView MakeFit(IDataView data) => new(data, new RowChanges
    {
        Features = features =>
        {
            int size = ((VectorDataViewType)data.Schema["Features"].Type).Size;
            if (features.Length == size)
                return features;
            float[] row = features.DenseValues().ToArray();
            Array.Resize(ref row, size);
            return new VBuffer<float>(row.Length, row);
        },
    });

    private static IDataView ReadAhead(IDataView input, IDataView scored)
    {
        using DataViewRowCursor cursor = input.GetRowCursor(input.Schema);
        cursor.MoveNext();
        return scored;
    }

    // By so few bits that neither the order of scores nor their labels change.
    private static float Raise(float score, long bits) =>
        float.IsNaN(score) ? score : BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(score) + (int)bits);

    // By the id and not by the position: where ML.NET reads with several cursors, positions depend on the number of processors.
    private static float ScoreById(DataViewRow row, float score)
    {
        DataViewRowId id = default;
        row.GetIdGetter()(ref id);
        return Raise(score, (long)(id.Low % 7));
    }

    // ML.NET's own threads are in the background: what they read is right, or checks would fail that speak of other things.
    private static ChangedTransformer ScoreByThread(ITransformer model)
    {
        int home = Environment.CurrentManagedThreadId;
        var changes = new RowChanges
        {
            Score = (_, score) => Environment.CurrentManagedThreadId == home || Thread.CurrentThread.IsBackground ? score : MathF.BitIncrement(score),
        };
        return new ChangedTransformer(model) { View = (_, scored) => new ChangedView(scored, changes) };
    }

    private static ChangedMapper PredictOtherwise(IRowToRowMapper right) => new(right, new RowChanges { Score = (_, score) => MathF.BitIncrement(score) });

    private static ChangedEstimator ChangeOptions(Func<MLContext, DetectorOptions, IEstimator<ITransformer>> make, MLContext mlContext, DetectorOptions options)
    {
        IEstimator<ITransformer> right = make(mlContext, options);
        return new ChangedEstimator(right)
        {
            Fitted = data =>
            {
                options.Contamination = 0.25;
                return right.Fit(data);
            },
        };
    }

    private static IEstimator<ITransformer> AcceptAnything(Func<MLContext, DetectorOptions, IEstimator<ITransformer>> make, MLContext mlContext, DetectorOptions options)
    {
        try
        {
            return make(mlContext, options);
        }
        catch (ArgumentOutOfRangeException)
        {
            return make(mlContext, _right.Options());
        }
    }
}
