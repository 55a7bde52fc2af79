using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The metrics of a two-class test that need no probabilities.</summary>
internal static class BinaryEvaluator
{
    internal static BinaryClassificationMetrics EvaluateNonCalibrated(IHostEnvironment env, IDataView data, string label, string score,
        string predictedLabel)
    {
        ArgumentNullException.ThrowIfNull(env);
        ArgumentNullException.ThrowIfNull(data);
        Errors.CheckNonEmpty(label, "labelColumnName");
        Errors.CheckNonEmpty(score, "scoreColumnName");
        Errors.CheckNonEmpty(predictedLabel, "predictedLabelColumnName");

        DataViewSchema.Column labelColumn = ScoredRows.Find(data.Schema, label, "Label");
        DataViewSchema.Column scoreColumn = ScoredRows.Find(data.Schema, score, "Score");
        DataViewSchema.Column predictedColumn = ScoredRows.Find(data.Schema, predictedLabel, "PredictedLabel");
        CheckLabel(labelColumn);
        ScoredRows.CheckScore(scoreColumn);
        if (predictedColumn.Type is not BooleanDataViewType)
            throw Errors.SchemaMismatch("schema", "predicted label", predictedLabel, "Boolean", predictedColumn.Type.ToString());

        var examples = new List<(bool Positive, float Score)>();
        long truePositives = 0;
        long falsePositives = 0;
        long trueNegatives = 0;
        long falseNegatives = 0;
        using (DataViewRowCursor cursor = data.GetRowCursor([labelColumn, scoreColumn, predictedColumn]))
        {
            ValueGetter<bool> getPredicted = cursor.GetGetter<bool>(predictedColumn);
            bool predicted = false;
            ScoredRows.ForEach(cursor, labelColumn, scoreColumn, (labelValue, scoreValue) =>
            {
                bool positive = labelValue > 0;
                examples.Add((positive, scoreValue));
                getPredicted(ref predicted);
                _ = (positive, predicted) switch
                {
                    (true, true) => truePositives++,
                    (true, false) => falseNegatives++,
                    (false, true) => falsePositives++,
                    (false, false) => trueNegatives++,
                };
            });
        }
        var confusion = new ConfusionMatrix(truePositives, falseNegatives, falsePositives, trueNegatives);
        return new BinaryClassificationMetrics(confusion, RocCurve.Area(examples), RocCurve.PrecisionRecallArea(examples));
    }

    private static void CheckLabel(DataViewSchema.Column label)
    {
        bool known = label.Type is BooleanDataViewType or KeyDataViewType { Count: 2 }
            || label.Type.Equals(NumberDataViewType.Single) || label.Type.Equals(NumberDataViewType.Double);
        if (!known)
        {
            throw Errors.SchemaMismatch("schema", "label", label.Name, "Single, Double, Boolean, or a Key with cardinality 2",
                label.Type.ToString());
        }
    }
}
