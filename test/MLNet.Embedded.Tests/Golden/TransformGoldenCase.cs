using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>Cases of steps on tables: fitted, applied, saved, loaded and applied again.</summary>
internal static class TransformGoldenCase
{
    /// <param name="outputName">Only the columns of this name are listed; null: all.</param>
    internal static void Check(GoldenCase golden, string outputName, double tolerance, Action<ITransformer> inspect = null)
    {
        if (golden.Exception is { } exception)
        {
            GoldenException.AssertThrows(exception, stage => Run(golden, stage));
            return;
        }

        MLContext context = new(seed: 1);
        IDataView train = GoldenTable.Load(golden.Input.GetProperty("train"));
        IEstimator<ITransformer> estimator = GoldenSteps.Build(context, golden.Settings.GetProperty("steps"));
        ITransformer model = estimator.Fit(train);
        CheckShape(estimator, train, model.GetOutputSchema(train.Schema));
        foreach (ITransformer transformer in new[] { model, SavedModel.RoundTrip(model, train.Schema) })
        {
            Compare(golden.Expected.Optional("columns") ?? golden.Expected.GetProperty("train"), transformer.Transform(train), true);
            if (golden.Expected.Optional("apply") is { } apply)
                Compare(apply, transformer.Transform(GoldenTable.Load(golden.Input.GetProperty("apply"))), false);
            inspect?.Invoke(transformer);
        }

        void Compare(JsonElement expected, IDataView actual, bool annotations)
        {
            DataViewSchema.Column[] columns = actual.Schema.Where(column => outputName == null || column.Name == outputName).ToArray();
            GoldenColumns.AssertEqual(expected, actual, columns, tolerance, annotations);
        }
    }

    private static void Run(GoldenCase golden, GoldenStage stage)
    {
        IDataView train = GoldenTable.Load(golden.Input.GetProperty("train"));
        IEstimator<ITransformer> estimator = GoldenSteps.Build(new MLContext(seed: 1), golden.Settings.GetProperty("steps"));
        stage.Name = "fit";
        ITransformer model = estimator.Fit(train);
        stage.Name = "transform";
        IDataView output = model.Transform(train);
        stage.Name = "read";
        GoldenColumns.Read(output, [.. output.Schema]);
    }

    // What an estimator promises before any data must be what its transformer then makes.
    private static void CheckShape(IEstimator<ITransformer> estimator, IDataView train, DataViewSchema schema)
    {
        SchemaShape promised = estimator.GetOutputSchema(SchemaShape.Create(train.Schema));
        SchemaShape made = SchemaShape.Create(schema);
        Assert.Equal(made.Select(column => column.Name).Distinct().Order(), promised.Select(column => column.Name).Order());
        foreach (SchemaShape.Column column in made)
        {
            Assert.True(promised.TryFindColumn(column.Name, out SchemaShape.Column found));
            Assert.Equal(column.GetTypeString(), found.GetTypeString());
            Assert.Subset(Kinds(found), Kinds(column));
        }
    }

    private static ISet<string> Kinds(SchemaShape.Column column) => column.Annotations.Select(kind => kind.Name).ToHashSet();
}
