using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Area under the ROC curve and the detection rate at a number of false positives.</summary>
internal static class AnomalyEvaluator
{
    internal static AnomalyDetectionMetrics Evaluate(IHostEnvironment env, IDataView data, string label, string score,
        string predictedLabel, int falsePositiveCount)
    {
        ArgumentNullException.ThrowIfNull(env);
        ArgumentNullException.ThrowIfNull(data);
        Errors.CheckNonEmpty(label, "labelColumnName");
        Errors.CheckNonEmpty(score, "scoreColumnName");
        Errors.CheckNonEmpty(predictedLabel, "predictedLabelColumnName");
        if (falsePositiveCount <= 0)
            throw new ArgumentOutOfRangeException("K", "Must be positive");

        DataViewSchema.Column labelColumn = ScoredRows.Find(data.Schema, label, "Label");
        DataViewSchema.Column scoreColumn = ScoredRows.Find(data.Schema, score, "Score");
        ScoredRows.Find(data.Schema, predictedLabel, "PredictedLabel");
        if (!labelColumn.Type.Equals(NumberDataViewType.Single) && labelColumn.Type is not KeyDataViewType { Count: 2 })
        {
            throw Errors.SchemaMismatch("schema", "label", label, "Single or a Key with cardinality 2", labelColumn.Type.ToString());
        }
        ScoredRows.CheckScore(scoreColumn);

        var examples = new List<(bool Positive, float Score)>();
        var top = new TopExamples(falsePositiveCount);
        using (DataViewRowCursor cursor = data.GetRowCursor([labelColumn, scoreColumn]))
        {
            ScoredRows.ForEach(cursor, labelColumn, scoreColumn, (labelValue, scoreValue) =>
            {
                examples.Add((labelValue > 0, scoreValue));
                top.Add(labelValue > 0, scoreValue);
            });
        }
        return new AnomalyDetectionMetrics(RocCurve.Area(examples), top.DetectionRate());
    }
}
