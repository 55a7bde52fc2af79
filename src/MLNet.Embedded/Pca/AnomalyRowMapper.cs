using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>PredictedLabel, then Score, of the rows of one schema.</summary>
internal sealed class AnomalyRowMapper : IRowMapper
{
    private const int PredictedLabelIndex = 0;
    private const int ScoreIndex = 1;

    private readonly ITransformer _parent;
    private readonly IValueMapper _model;
    private readonly DataViewSchema.Column _feature;
    private readonly DataViewSchema.DetachedColumn[] _columns;
    private readonly float _threshold;

    internal AnomalyRowMapper(ITransformer parent, IValueMapper model, DataViewSchema schema, string featureColumn, string scoreColumn,
        float threshold)
    {
        _parent = parent;
        _model = model;
        _feature = schema.GetColumnOrNull(featureColumn)
            ?? throw Errors.Param(nameof(schema), $"{featureColumn} column 'Feature' not found");
        bool fits = _feature.Type is VectorDataViewType vector && vector.Size == model.InputType.Size
            && vector.ItemType.Equals(model.InputType.ItemType);
        if (!fits)
            throw Errors.Operation($"Incompatible features column type: '{_feature.Type}' vs '{model.InputType}'");

        uint setId = AnomalyColumns.NextSetId(schema);
        _columns = [AnomalyColumns.PredictedLabel(setId), AnomalyColumns.Score(scoreColumn, setId)];
        _threshold = threshold;
    }

    public DataViewSchema.DetachedColumn[] GetOutputColumns() => _columns;

    public ITransformer GetTransformer() => _parent;

    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
    {
        bool any = activeOutput(PredictedLabelIndex) || activeOutput(ScoreIndex);
        return column => any && column == _feature.Index;
    }

    public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        disposer = null;
        var getters = new Delegate[_columns.Length];
        bool wantLabel = activeOutput(PredictedLabelIndex);
        bool wantScore = activeOutput(ScoreIndex);
        if (!wantLabel && !wantScore)
            return getters;

        ValueGetter<float> getScore = ScoreGetter(input);
        if (wantLabel && wantScore)
            getScore = OncePerRow(input, getScore);
        if (wantScore)
            getters[ScoreIndex] = getScore;
        if (wantLabel)
            getters[PredictedLabelIndex] = LabelGetter(getScore);
        return getters;
    }

    private ValueGetter<float> ScoreGetter(DataViewRow input)
    {
        ValueGetter<VBuffer<float>> getFeatures = input.GetGetter<VBuffer<float>>(_feature);
        VBuffer<float> features = default;
        return (ref float score) =>
        {
            getFeatures(ref features);
            score = _model.Score(in features);
        };
    }

    private static ValueGetter<float> OncePerRow(DataViewRow input, ValueGetter<float> getScore)
    {
        long position = -1;
        float last = float.NaN;
        return (ref float score) =>
        {
            if (position < 0 || position != input.Position)
            {
                getScore(ref last);
                position = input.Position;
            }
            score = last;
        };
    }

    private ValueGetter<bool> LabelGetter(ValueGetter<float> getScore)
    {
        float score = 0;
        return (ref bool label) =>
        {
            getScore(ref score);
            label = score > _threshold;
        };
    }
}
