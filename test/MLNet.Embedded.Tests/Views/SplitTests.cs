using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Views;

/// <summary>Splits of rows: about the share asked for, in the source's order, decided by seed or group.</summary>
public sealed class SplitTests
{
    private const int Count = 1000;

    private sealed class Row
    {
        public float X { get; set; }

        public int Group { get; set; }
    }

    private static IDataView View(MLContext context) =>
        context.Data.LoadFromEnumerable(Enumerable.Range(0, Count).Select(i => new Row { X = i, Group = i % 50 }).ToList());

    private static float[] X(IDataView view) => view.GetColumn<float>("X").ToArray();

    private static float[] Test(int? contextSeed, int? seed = null)
    {
        var context = new MLContext(contextSeed);
        return X(context.Data.TrainTestSplit(View(context), 0.2, seed: seed).TestSet);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.2)]
    [InlineData(0.7)]
    public void EveryRowIsInOnePartInTheSourcesOrder(double share)
    {
        var context = new MLContext(1);
        DataOperationsCatalog.TrainTestData parts = context.Data.TrainTestSplit(View(context), share);
        float[] test = X(parts.TestSet);
        float[] train = X(parts.TrainSet);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (float)i), test.Concat(train).Order());
        Assert.Equal(test.Order(), test);
        Assert.Equal(train.Order(), train);
        // Four standard deviations of a row-wise draw.
        Assert.Equal(share * Count, test.Length, 4 * Math.Sqrt(Count * share * (1 - share)));
        Assert.Equal(test, X(parts.TestSet));
        Assert.Equal(["X", "Group"], parts.TestSet.Schema.Select(column => column.Name));
    }

    [Fact]
    public void TheArgumentsSeedGoesBeforeTheContextsAndWithoutAnySplitsAreEqual()
    {
        Assert.Equal(Test(1, 5), Test(2, 5));
        Assert.Equal(Test(5), Test(5));
        Assert.NotEqual(Test(5), Test(6));
        Assert.NotEqual(Test(1, 5), Test(1, 6));
        Assert.Equal(Test(null), Test(null));
    }

    [Fact]
    public void OneContextSplitsTheSameTwice()
    {
        var context = new MLContext();
        IDataView view = View(context);
        Assert.Equal(X(context.Data.TrainTestSplit(view).TestSet), X(context.Data.TrainTestSplit(view).TestSet));
    }

    [Fact]
    public void GroupsStayWhole()
    {
        var context = new MLContext(1);
        DataOperationsCatalog.TrainTestData parts = context.Data.TrainTestSplit(View(context), 0.2, samplingKeyColumnName: "Group");
        int[] groups = parts.TestSet.GetColumn<int>("Group").Distinct().ToArray();
        Assert.Equal(groups.Length * (Count / 50), X(parts.TestSet).Length);
        Assert.Empty(groups.Intersect(parts.TrainSet.GetColumn<int>("Group")));
        Assert.InRange(groups.Length, 1, 25);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Group")]
    public void EveryRowIsTestedInOneFold(string group)
    {
        var context = new MLContext(1);
        var folds = context.Data.CrossValidationSplit(View(context), 4, group);
        Assert.Equal(4, folds.Count);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (float)i), folds.SelectMany(fold => X(fold.TestSet)).Order());
        Assert.All(folds, fold => Assert.Equal(Count, X(fold.TestSet).Union(X(fold.TrainSet)).Count()));
        Assert.All(folds, fold => Assert.InRange(X(fold.TestSet).Length, 1, Count / 2));
    }
}
