using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>The scenarios of errors.json that are described in words, by the name of the case.</summary>
internal static class ErrorScenarios
{
    private const string ModelEntry = "TransformerChain/Model.key";

    internal static void Run(GoldenCase golden, MLContext context, GoldenStage stage, TemporaryFolder folder, ITransformer model = null)
    {
        string family = golden.Name[..golden.Name.IndexOf('-')];
        IDataView input = golden.Input.Optional("columns") != null ? GoldenTable.Load(golden.Input)
            : golden.Input.Optional("train") is { } train ? GoldenTable.Load(train) : null;
        stage.Name = "operate";
        Action action = family switch
        {
            "load" or "save" => () => Models(golden.Name, context, folder),
            "evaluate" => () => Evaluate(golden.Name, context, input),
            "engine" => () => EngineScenarios.Run(golden.Name, context, model),
            "split" or "cv" or "filter" or "skip" => () => Rows(golden.Name, context, input),
            "text" => () => Text(golden.Name, context, folder),
            "enumerable" or "create" or "getcolumn" => () => Objects(golden.Name, context, input, stage),
            _ => () => Estimators(golden.Name, context, input, model),
        };
        action();
    }

    private static void Estimators(string name, MLContext context, IDataView train, ITransformer model)
    {
        TransformsCatalog transforms = context.Transforms;
        var trainers = context.AnomalyDetection.Trainers;
        _ = (object)(name switch
        {
            "fit-null-pca" => trainers.RandomizedPca("F", rank: 1).Fit(null),
            "fit-null-onehot" => transforms.Categorical.OneHotEncoding("O", "T").Fit(null),
            "fit-null-concat" => transforms.Concatenate("F", "X").Fit(null),
            "fit-null-chain" => transforms.Concatenate("F", "X", "Y").Append(transforms.NormalizeMinMax("F")).Fit(null),
            "transform-null" => transforms.Concatenate("F", "X", "Y").Fit(train).Transform(null),
            "transform-null-chain" => model.Transform(null),
            "onehot-null-output-name" => transforms.Categorical.OneHotEncoding(outputColumnName: null),
            "concat-null-output-name" => transforms.Concatenate(null, "X"),
            "concat-null-input-name" => transforms.Concatenate("F", "X", null),
            "copy-null-input" => transforms.CopyColumns("A", null),
            "pca-null-feature-name" => trainers.RandomizedPca(featureColumnName: null),
            "select-nothing" => transforms.SelectColumns().Fit(train),
            "change-threshold-nan" => ReadLabels(context.AnomalyDetection.ChangeModelThreshold((dynamic)model, float.NaN), train),
            _ => throw new NotSupportedException(name),
        });
    }

    private static bool[] ReadLabels(ITransformer model, IDataView data) =>
        model.Transform(data).GetColumn<bool>("PredictedLabel").ToArray();

    private static void Models(string name, MLContext context, TemporaryFolder folder)
    {
        string path = folder.File("m.zip");
        Numbers[] rows = [new() { X = 1, Y = 2 }, new() { X = 3, Y = 5 }, new() { X = 4, Y = 4 }];
        IDataView data = context.Data.LoadFromEnumerable(rows);
        switch (name)
        {
            case "load-missing-file":
                context.Model.Load(folder.File("none.zip"), out _);
                return;
            case "load-text-file":
                context.Model.Load(folder.Write("t.zip", "hello"), out _);
                return;
            case "load-empty-file":
                context.Model.Load(folder.Write("e.zip", ""), out _);
                return;
            case "load-foreign-zip" or "load-empty-zip":
                using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create))
                {
                    if (name == "load-foreign-zip")
                        Overwrite(archive, "readme.txt", "hi"u8.ToArray());
                }

                break;
            case "load-null-path":
                context.Model.Load((string)null, out _);
                return;
            case "load-null-stream":
                context.Model.Load((Stream)null, out _);
                return;
            case "save-null-model":
                context.Model.Save((ITransformer)null, data.Schema, folder.File("s.zip"));
                return;
            case "save-missing-folder":
                context.Model.Save(FitModel(context, data), data.Schema, folder.File("nofolder/s.zip"));
                return;
            default:
                context.Model.Save(FitModel(context, data), data.Schema, path);
                Damage(name, path);
                break;
        }

        context.Model.Load(path, out DataViewSchema schema);
        Assert.Null(schema);
    }

    private static ITransformer FitModel(MLContext context, IDataView data) => context.Transforms.Concatenate("F", "X", "Y")
        .Append(context.Transforms.NormalizeMinMax("F")).Append(context.AnomalyDetection.Trainers.RandomizedPca("F", rank: 1)).Fit(data);

    private static void Damage(string name, string path)
    {
        if (name == "load-truncated-model")
        {
            byte[] bytes = File.ReadAllBytes(path);
            File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
            return;
        }

        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Update);
        switch (name)
        {
            case "load-entry-removed-normalizer":
                archive.GetEntry("TransformerChain/Transform_001/Model.key").Delete();
                break;
            case "load-entry-zeroed":
                long size = archive.GetEntry(ModelEntry).Length;
                archive.GetEntry(ModelEntry).Delete();
                Overwrite(archive, ModelEntry, new byte[size]);
                break;
            case "load-schema-removed":
                archive.GetEntry("Schema").Delete();
                break;
            case "load-schema-garbage":
                archive.GetEntry("Schema").Delete();
                Overwrite(archive, "Schema", "garbage"u8.ToArray());
                break;
            default:
                throw new NotSupportedException(name);
        }
    }

    private static void Overwrite(ZipArchive archive, string entry, byte[] content)
    {
        using Stream stream = archive.CreateEntry(entry).Open();
        stream.Write(content);
    }

    private static void Evaluate(string name, MLContext context, IDataView input)
    {
        string label = name switch { "evaluate-label-missing" => "Nope", "evaluate-label-null-name" => "", _ => "Label" };
        context.AnomalyDetection.Evaluate(input, label, name == "evaluate-score-missing" ? "Nope" : "Score", "PredictedLabel");
    }

    private static void Rows(string name, MLContext context, IDataView input)
    {
        DataOperationsCatalog data = context.Data;
        _ = (object)(name switch
        {
            "split-fraction-0" => data.TrainTestSplit(input, 0),
            "split-fraction-1" => data.TrainTestSplit(input, 1),
            "split-fraction-NaN" => data.TrainTestSplit(input, double.NaN),
            "split-null" => data.TrainTestSplit(null),
            "split-key-missing" => data.TrainTestSplit(input, 0.2, samplingKeyColumnName: "Nope"),
            "cv-split-folds-1" => data.CrossValidationSplit(input, 1),
            "filter-text-column" => data.FilterRowsByColumn(input, "T", 0, 1),
            "filter-bounds-swapped" => data.FilterRowsByColumn(input, "X", 5, 1),
            "filter-missing-values-unknown-column" => data.FilterRowsByMissingValues(input, "Nope"),
            "skip-negative" => data.SkipRows(input, -1),
            _ => throw new NotSupportedException(name),
        });
    }

    private static void Text(string name, MLContext context, TemporaryFolder folder)
    {
        string missing = folder.File("none.csv");
        string existing = folder.Write("some.csv", "1\tx\n");
        _ = (object)(name switch
        {
            "text-missing-file" => context.Data.LoadFromTextFile<TextRow>(missing),
            "text-empty-path" => context.Data.LoadFromTextFile<TextRow>(""),
            "text-missing-file-createtextloader" => context.Data.CreateTextLoader<TextRow>().Load(missing),
            "text-class-without-loadcolumn" => context.Data.LoadFromTextFile<UnmarkedRow>(existing),
            "text-class-unsupported-member" => context.Data.LoadFromTextFile<ListRow>(existing),
            _ => throw new NotSupportedException(name),
        });
    }

    private static void Objects(string name, MLContext context, IDataView input, GoldenStage stage)
    {
        DataOperationsCatalog data = context.Data;
        if (name == "enumerable-null")
        {
            data.LoadFromEnumerable((IEnumerable<Numbers>)null);
            return;
        }

        stage.Name = "read";
        _ = (object)(name switch
        {
            "enumerable-null-element" => data.LoadFromEnumerable(new[] { new Numbers(), null }).GetColumn<float>("X").Count(),
            "create-enumerable-missing-column" => data.CreateEnumerable<NopeRow>(input, reuseRowObject: false).Count(),
            "create-enumerable-wrong-type" => data.CreateEnumerable<TextX>(input, reuseRowObject: false).Count(),
            "getcolumn-missing" => input.GetColumn<float>("Nope").Count(),
            "getcolumn-wrong-type" => input.GetColumn<double>("X").Count(),
            _ => throw new NotSupportedException(name),
        });
    }

#pragma warning disable CS0649 // filled by the loader
    private sealed class TextRow
    {
        [LoadColumn(0)]
        public float A;

        [LoadColumn(1)]
        public string B;
    }

    private sealed class UnmarkedRow
    {
        public float A;
    }

    private sealed class ListRow
    {
        [LoadColumn(0)]
        public List<float> A;
    }
#pragma warning restore CS0649

    private sealed class NopeRow
    {
        public float Nope { get; set; }
    }
}

internal sealed class Numbers
{
    public float X { get; set; }

    public float Y { get; set; }
}

internal sealed class TextX
{
    public string X { get; set; }

    public float Y { get; set; }
}
