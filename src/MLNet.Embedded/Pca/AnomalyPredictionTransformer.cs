using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(AnomalyPredictionTransformer<IPredictorProducing<float>>), typeof(AnomalyPredictionTransformer), null,
    typeof(SignatureLoadModel), "", AnomalyPredictionTransformer.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Adds the score of the model and, by the threshold, the predicted label.</summary>
public sealed class AnomalyPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    internal const float DefaultThreshold = 0.5f;

    private readonly string _scoreColumn;

    internal AnomalyPredictionTransformer(IHostEnvironment env, TModel model, string featureColumn, DataViewType featureType,
        float threshold = DefaultThreshold, string scoreColumn = DefaultColumnNames.Score)
        : base(env.Register(nameof(AnomalyPredictionTransformer)), model, featureColumn, featureType)
    {
        Errors.CheckNonEmpty(scoreColumn, nameof(scoreColumn));
        Threshold = threshold;
        _scoreColumn = scoreColumn;
    }

    internal float Threshold { get; }

    /// <summary>This transformer with another threshold; itself if it has that threshold.</summary>
    internal AnomalyPredictionTransformer<TModel> WithThreshold(float threshold) => threshold == Threshold
        ? this
        : new AnomalyPredictionTransformer<TModel>(Host, Model, FeatureColumnName, FeatureColumnType, threshold, _scoreColumn);

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) =>
        new AnomalyRowMapper(this, (IValueMapper)Model, schema, FeatureColumnName, _scoreColumn, Threshold);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(AnomalyPredictionTransformer.GetVersionInfo());
        ctx.SaveModel(Model, AnomalyPredictionTransformer.ModelDirectory);
        ctx.SaveNonEmptyString(FeatureColumnName);
        ctx.Writer.Write(Threshold);
        ctx.SaveNonEmptyString(_scoreColumn);
        var trainSchema = new DataViewSchema.Builder();
        trainSchema.AddColumn(FeatureColumnName, FeatureColumnType);
        ctx.SaveBinaryStream(AnomalyPredictionTransformer.TrainSchemaStream,
            writer => SchemaSerializer.Write(writer.BaseStream, trainSchema.ToSchema()));
    }
}

/// <summary>Loads the transformer; what its model was trained as is not known then, only that it scores.</summary>
internal static class AnomalyPredictionTransformer
{
    internal const string LoaderSignature = "AnomalyPredXfer";
    internal const string ModelDirectory = "Model";
    internal const string TrainSchemaStream = "TrainSchema";

    internal static AnomalyPredictionTransformer<IPredictorProducing<float>> Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(env);
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel(GetVersionInfo());
        ctx.LoadModel<IPredictorProducing<float>, SignatureLoadModel>(env, out IPredictorProducing<float> model, ModelDirectory);
        Errors.CheckDecode(model is IValueMapper);
        string feature = ctx.LoadNonEmptyString();
        float threshold = ctx.Reader.ReadSingle();
        string score = ctx.LoadNonEmptyString();
        DataViewType featureType = null;
        Errors.CheckDecode(ctx.TryLoadBinaryStream(TrainSchemaStream,
            reader => featureType = SchemaSerializer.Read(reader.BaseStream).GetColumnOrNull(feature)?.Type));
        Errors.CheckDecode(featureType != null);
        return new AnomalyPredictionTransformer<IPredictorProducing<float>>(env, model, feature, featureType, threshold, score);
    }

    internal static VersionInfo GetVersionInfo() =>
        new("ANOMPRED", 0x00010002, 0x00010002, 0x00010001, typeof(AnomalyPredictionTransformer).Assembly.FullName, LoaderSignature);
}
