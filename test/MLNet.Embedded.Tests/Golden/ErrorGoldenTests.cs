using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

public sealed class ErrorGoldenTests
{
    private const string FileName = "errors.json";

    // With a model format of one's own only the failure itself can be compared.
    private static readonly HashSet<string> _anyFailure =
        ["load-truncated-model", "load-entry-removed-normalizer", "load-entry-zeroed", "load-schema-garbage"];

    // These hang on round-off in a covariance of zero: both outcomes are right.
    private static readonly HashSet<string> _eitherOutcome = ["pca-identical-rows", "pca-one-row"];

    public static TheoryData<string> Names => GoldenFile.Names(FileName);

    [Theory]
    [MemberData(nameof(Names))]
    public void Matches(string name)
    {
        GoldenCase golden = GoldenFile.Get(FileName, name);
        using var folder = new TemporaryFolder();
        Action<GoldenStage> run = stage => Run(golden, stage, folder);
        if (golden.ExpectsNoException)
            run(new GoldenStage());
        else if (_anyFailure.Contains(name))
            Assert.ThrowsAny<Exception>(() => run(new GoldenStage()));
        else if (!_eitherOutcome.Contains(name) || Record.Exception(() => run(new GoldenStage())) != null)
            GoldenException.AssertThrows(golden.Exception.Value, run, folder.Path);
    }

    private static void Run(GoldenCase golden, GoldenStage stage, TemporaryFolder folder)
    {
        string scenario = golden.Settings.GetProperty("scenario").GetString();
        var context = new MLContext(seed: 1);
        if (!golden.Settings.TryGetProperty("steps", out JsonElement steps))
            ErrorScenarios.Run(golden, context, stage, folder);
        else if (scenario.StartsWith("Fit the single step on input.train inside a chain"))
            Fit(stage, GoldenSteps.BuildChain(context, steps), golden);
        else if (scenario.EndsWith("(the estimator alone).") || scenario.EndsWith("(as one chain)."))
            Fit(stage, GoldenSteps.Build(context, steps), golden);
        else if (scenario.EndsWith("read every column."))
            Apply(stage, Fit(stage, GoldenSteps.Build(context, steps), golden), golden);
        else if (scenario.Contains("model.GetOutputSchema"))
            Fit(stage, GoldenSteps.Build(context, steps), golden).GetOutputSchema(Apply(golden).Schema);
        else
            ErrorScenarios.Run(golden, context, stage, folder, Fit(stage, GoldenSteps.Build(context, steps), golden));
    }

    private static ITransformer Fit(GoldenStage stage, IEstimator<ITransformer> estimator, GoldenCase golden)
    {
        stage.Name = "fit";
        return estimator.Fit(GoldenTable.Load(golden.Input.GetProperty("train")));
    }

    private static IDataView Apply(GoldenCase golden) => GoldenTable.Load(golden.Input.GetProperty("apply"));

    private static void Apply(GoldenStage stage, ITransformer model, GoldenCase golden)
    {
        stage.Name = "transform";
        IDataView view = model.Transform(Apply(golden));
        stage.Name = "read";
        GoldenColumns.Read(view, [.. view.Schema]);
    }
}
