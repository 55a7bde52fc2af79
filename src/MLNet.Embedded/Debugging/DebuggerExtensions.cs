using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public static class DebuggerExtensions
{
    public static DataDebuggerPreview Preview(this IDataView data, int maxRows = 100)
    {
        Errors.CheckValue(data, nameof(data));
        Errors.CheckParam(maxRows >= 0, nameof(maxRows), "Must be non-negative");
        return new DataDebuggerPreview(data, maxRows);
    }

    public static DataDebuggerPreview Preview(this ITransformer transformer, IDataView data, int maxRows = 100)
    {
        Errors.CheckValue(transformer, nameof(transformer));
        Errors.CheckValue(data, nameof(data));
        return transformer.Transform(data).Preview(maxRows);
    }

    public static DataDebuggerPreview Preview(this IEstimator<ITransformer> estimator, IDataView data, int maxRows = 100,
        int maxTrainingRows = 100)
    {
        Errors.CheckValue(estimator, nameof(estimator));
        Errors.CheckValue(data, nameof(data));
        Errors.CheckParam(maxTrainingRows >= 0, nameof(maxTrainingRows), "Must be non-negative");
        return estimator.Fit(new SkipTakeFilter(data, 0, maxTrainingRows)).Preview(data, maxRows);
    }
}
