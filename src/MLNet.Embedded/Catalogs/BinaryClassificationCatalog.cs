using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class BinaryClassificationCatalog : TrainCatalogBase
{
    internal BinaryClassificationCatalog(IHostEnvironmentInternal env) : base(env)
    {
    }

    public BinaryClassificationMetrics EvaluateNonCalibrated(IDataView data, string labelColumnName = "Label",
        string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel") =>
        BinaryEvaluator.EvaluateNonCalibrated(Environment, data, labelColumnName, scoreColumnName, predictedLabelColumnName);
}
