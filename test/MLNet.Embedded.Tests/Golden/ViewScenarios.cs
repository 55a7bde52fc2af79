using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>The cases of data-ops.json about properties of views: row counts, passes over the source, orders, splits.</summary>
internal static class ViewScenarios
{
    internal static void Run(GoldenCase golden)
    {
        Dictionary<string, object> actual = golden.Name switch
        {
            "row-counts" => RowCounts(),
            "enumerations-of-source" => Enumerations(),
            "shuffle-1" => Shuffle(),
            "split-unseeded" => Split(null, null, 0.1),
            "split-seed-1-0.2" => Split(null, 1, 0.2),
            "split-seed-42-0.2" => Split(null, 42, 0.2),
            "split-context-seed-1" => Split(1, null, 0.2),
            "split-context-seed-42" => Split(42, null, 0.2),
            "split-groups-10" => SplitGroups(),
            "cross-validation-split" => CrossValidation(),
            _ => throw new NotSupportedException(golden.Name),
        };
        foreach (JsonProperty property in golden.Expected.EnumerateObject())
        {
            if (property.Name.StartsWith("information") || property.Name == "testCount")
                continue;
            Assert.True(actual.TryGetValue(property.Name, out object value), property.Name);
            Assert.True(GoldenValue.Difference(property.Value, value, 0) is null,
                $"{property.Name}: expected {property.Value.GetRawText()}, got {GoldenValue.Show(value)}");
        }
    }

    private static IEnumerable<Numbers> Rows(int count) => Enumerable.Range(0, count).Select(i => new Numbers { X = i, Y = -i });

    private static float[] X(IDataView view) => view.GetColumn<float>("X").ToArray();

    private static Dictionary<string, object> RowCounts()
    {
        var context = new MLContext(seed: 1);
        DataOperationsCatalog data = context.Data;
        IDataView list = data.LoadFromEnumerable(Rows(20).ToList());
        IDataView lazy = data.LoadFromEnumerable(Rows(20).Where(_ => true));
        return new()
        {
            ["list"] = list.GetRowCount(),
            ["array"] = data.LoadFromEnumerable(Rows(20).ToArray()).GetRowCount(),
            ["lazy"] = lazy.GetRowCount(),
            ["takeRows5OfList"] = data.TakeRows(list, 5).GetRowCount(),
            ["skipRows5OfList"] = data.SkipRows(list, 5).GetRowCount(),
            ["takeRows5OfLazy"] = data.TakeRows(lazy, 5).GetRowCount(),
            ["filterOfList"] = data.FilterRowsByColumn(list, "X", 0, 5).GetRowCount(),
            ["shuffleOfList"] = data.ShuffleRows(list).GetRowCount(),
            ["cacheOfList"] = data.Cache(list).GetRowCount(),
            ["cacheOfLazy"] = data.Cache(lazy).GetRowCount(),
            ["trainPartOfSplit"] = data.TrainTestSplit(list).TrainSet.GetRowCount(),
            ["transformedByMinMax"] = context.Transforms.NormalizeMinMax("X").Fit(list).Transform(list).GetRowCount(),
            ["canShuffleList"] = list.CanShuffle,
            ["canShuffleLazy"] = lazy.CanShuffle,
            ["canShuffleCache"] = data.Cache(list).CanShuffle,
        };
    }

    private static Dictionary<string, object> Enumerations()
    {
        DataOperationsCatalog data = new MLContext(seed: 1).Data;
        int Count(Action<IDataView> use)
        {
            int started = 0;
            IEnumerable<Numbers> Source()
            {
                started++;
                foreach (Numbers row in Rows(20))
                    yield return row;
            }

            use(data.LoadFromEnumerable(Source()));
            return started;
        }

        void Read(IDataView view, params string[] columns)
        {
            foreach (string column in columns)
                _ = view.GetColumn<float>(column).Count();
        }

        return new()
        {
            ["plain3"] = Count(view => Read(view, "X", "X", "X")),
            ["cache3"] = Count(view => Read(data.Cache(view), "X", "X", "X")),
            ["cacheXthenY"] = Count(view => Read(data.Cache(view), "X", "Y")),
            ["cachePrefetchXthenY"] = Count(view => Read(data.Cache(view, "X", "Y"), "X", "Y")),
            ["cacheNotRead"] = Count(view => data.Cache(view)),
            ["loadNotRead"] = Count(_ => { }),
        };
    }

    private static Dictionary<string, object> Shuffle()
    {
        IDataView View()
        {
            DataOperationsCatalog data = new MLContext(seed: 1).Data;
            return data.ShuffleRows(data.LoadFromEnumerable(Rows(30).ToList()), seed: 1);
        }

        IDataView shuffled = View();
        float[] first = X(shuffled);
        float[] all = Rows(30).Select(row => row.X).ToArray();
        return new()
        {
            ["sameMultiset"] = first.Order().SequenceEqual(all),
            ["orderChanged"] = !first.SequenceEqual(all),
            ["secondEnumerationSameOrder"] = X(shuffled).SequenceEqual(first),
            ["secondViewSameSeedSameOrder"] = X(View()).SequenceEqual(first),
        };
    }

    private static Dictionary<string, object> Split(int? contextSeed, int? seed, double fraction)
    {
        DataOperationsCatalog.TrainTestData Make()
        {
            DataOperationsCatalog data = new MLContext(contextSeed).Data;
            return data.TrainTestSplit(data.LoadFromEnumerable(Rows(100).ToList()), fraction, seed: seed);
        }

        DataOperationsCatalog.TrainTestData split = Make();
        float[] train = X(split.TrainSet);
        float[] test = X(split.TestSet);
        return new()
        {
            ["disjoint"] = !train.Intersect(test).Any(),
            ["complete"] = train.Concat(test).Order().SequenceEqual(Rows(100).Select(row => row.X)),
            ["orderKept"] = train.SequenceEqual(train.Order()) && test.SequenceEqual(test.Order()),
            ["secondContextSame"] = X(Make().TestSet).SequenceEqual(test),
            ["trainColumns"] = string.Join(",", split.TrainSet.Schema.Select(column => column.Name)),
        };
    }

    private static Dictionary<string, object> SplitGroups()
    {
        DataOperationsCatalog data = new MLContext().Data;
        IDataView view = data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new Grouped { X = i, G = "g" + i % 10 }).ToList());
        DataOperationsCatalog.TrainTestData split = data.TrainTestSplit(view, 0.3, samplingKeyColumnName: "G");
        string[] train = split.TrainSet.GetColumn<string>("G").ToArray();
        string[] test = split.TestSet.GetColumn<string>("G").ToArray();
        return new()
        {
            ["groupsInBothParts"] = train.Intersect(test).Count(),
            ["rows"] = train.Length + test.Length,
            ["columns"] = split.TrainSet.Schema.Select(column => column.Name).ToArray(),
        };
    }

    private static Dictionary<string, object> CrossValidation()
    {
        DataOperationsCatalog data = new MLContext().Data;
        var folds = data.CrossValidationSplit(data.LoadFromEnumerable(Rows(100).ToList()), 4);
        float[] all = Rows(100).Select(row => row.X).ToArray();
        return new()
        {
            ["folds"] = folds.Count,
            ["testSetsDisjointAndComplete"] = folds.SelectMany(fold => X(fold.TestSet)).Order().SequenceEqual(all),
            ["trainIsTheRest"] = folds.All(fold => X(fold.TrainSet).SequenceEqual(all.Except(X(fold.TestSet)))),
        };
    }

    private sealed class Grouped
    {
        public float X { get; set; }

        public string G { get; set; }
    }
}
