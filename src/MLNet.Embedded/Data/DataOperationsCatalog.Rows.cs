using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    // Splits of contexts without a seed are the same on every run, too.
    private const ulong DefaultSplitSeed = 42;

    public IDataView FilterRowsByColumn(IDataView input, string columnName, double lowerBound = double.NegativeInfinity,
        double upperBound = double.PositiveInfinity)
    {
        Errors.CheckValue(input, nameof(input));
        Errors.CheckNonEmpty(columnName, nameof(columnName));
        Errors.CheckParam(lowerBound < upperBound, nameof(upperBound), "Must be less than lowerBound");
        DataViewSchema.Column column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType)
            throw Errors.SchemaMismatch(nameof(columnName), "filter", columnName, "number", column.Type.ToString());
        return new RangeFilter(input, column, lowerBound, upperBound);
    }

    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        Errors.CheckValue(input, nameof(input));
        Errors.CheckValue(columns, nameof(columns));
        return new MissingValueFilter(input, columns);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        Errors.CheckValue(input, nameof(input));
        Errors.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return new SkipTakeFilter(input, 0, count);
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        Errors.CheckValue(input, nameof(input));
        Errors.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return new SkipTakeFilter(input, count, long.MaxValue);
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Errors.CheckValue(input, nameof(input));
        Errors.CheckParam(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        return new ShuffleDataView(input, seed ?? _env.Register(nameof(ShuffleRows)).Rand.Next(), shufflePoolSize, shuffleSource);
    }

    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        Errors.CheckValue(data, nameof(data));
        Errors.CheckParam(testFraction is > 0 and < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        return MakePart(data, samplingKeyColumnName, SplitSeed(seed), 0, testFraction);
    }

    public IReadOnlyList<TrainTestData> CrossValidationSplit(IDataView data, int numberOfFolds = 5, string samplingKeyColumnName = null,
        int? seed = null)
    {
        Errors.CheckValue(data, nameof(data));
        Errors.CheckParam(numberOfFolds > 1, nameof(numberOfFolds), "Must be more than 1");
        ulong splitSeed = SplitSeed(seed);
        // Both ends by the same formula, so that neighbouring folds meet without a gap.
        double LowerEnd(int fold) => (double)fold / numberOfFolds;
        return Enumerable.Range(0, numberOfFolds)
            .Select(fold => MakePart(data, samplingKeyColumnName, splitSeed, LowerEnd(fold), LowerEnd(fold + 1)))
            .ToArray();
    }

    private static TrainTestData MakePart(IDataView data, string groupColumnName, ulong seed, double lower, double upper) =>
        new(new SplitDataView(data, groupColumnName, seed, lower, upper, outside: true),
            new SplitDataView(data, groupColumnName, seed, lower, upper, outside: false));

    private ulong SplitSeed(int? seed)
    {
        int? chosen = seed ?? _env.Seed;
        return chosen.HasValue ? (ulong)(uint)chosen.Value : DefaultSplitSeed << 32;
    }

    public struct TrainTestData
    {
        public readonly IDataView TrainSet;

        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }
}
