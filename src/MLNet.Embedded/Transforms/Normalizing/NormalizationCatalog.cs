using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class NormalizationCatalog
{
    private const long MaximumExampleCount = 1000000000;

    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, string outputColumnName,
        string inputColumnName = null, long maximumExampleCount = MaximumExampleCount, bool fixZero = true) =>
        Make(catalog, [(outputColumnName, inputColumnName ?? outputColumnName)], NormalizerKind.MinMax, maximumExampleCount, fixZero);

    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = MaximumExampleCount, bool fixZero = true) =>
        Make(catalog, InputOutputColumnPair.ConvertToValueTuples(columns), NormalizerKind.MinMax, maximumExampleCount, fixZero);

    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, string outputColumnName,
        string inputColumnName = null, long maximumExampleCount = MaximumExampleCount, bool fixZero = true, bool useCdf = false) =>
        Make(catalog, [(outputColumnName, inputColumnName ?? outputColumnName)], MeanVariance(useCdf), maximumExampleCount, fixZero);

    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = MaximumExampleCount, bool fixZero = true, bool useCdf = false) =>
        Make(catalog, InputOutputColumnPair.ConvertToValueTuples(columns), MeanVariance(useCdf), maximumExampleCount, fixZero);

    private static NormalizerKind MeanVariance(bool useCdf) => useCdf ? NormalizerKind.Cdf : NormalizerKind.MeanVariance;

    private static NormalizingEstimator Make(TransformsCatalog catalog, (string, string)[] columns, NormalizerKind kind,
        long maximumExampleCount, bool fixZero)
    {
        IHostEnvironment env = CatalogUtils.GetEnvironment(catalog);
        Errors.CheckParam(maximumExampleCount > 1, nameof(maximumExampleCount), "Must be greater than 1");
        return new NormalizingEstimator(env, columns, new NormalizerOptions(kind, maximumExampleCount, fixZero));
    }
}
