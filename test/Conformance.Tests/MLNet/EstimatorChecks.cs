using System.Reflection;
using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using ModelLoader;

namespace Conformance.Tests.MLNet;

/// <summary>The estimator itself: repeatable, and careful with its options.</summary>
internal static class EstimatorChecks
{
    public static IReadOnlyList<TrainerCheck> All { get; } =
    [
        new("28v two fits of one estimator are equal", FitsTwice),
        new("28w the context's seed decides where the options give none", ContextSeed),
        new("28x options are copied, not changed", OptionsStay),
        new("28y every option is validated by name", OptionsAreValidated),
        new("28z the options name the columns", ColumnNames),
    ];

    private static IReadOnlyList<string> FitAndScore(IEstimator<ITransformer> trainer) =>
        ScoreLine.ReadAll(trainer.Fit(SubjectData.Training()).Transform(SubjectData.Test()));

    private static void FitsTwice(TrainerSubject subject)
    {
        IEstimator<ITransformer> trainer = subject.Create();
        Assert.Equal(subject.Expected, FitAndScore(trainer));
        Assert.Equal(subject.Expected, FitAndScore(trainer));
    }

    private static void ContextSeed(TrainerSubject subject)
    {
        IReadOnlyList<string> Run(int contextSeed) => FitAndScore(subject.Create(options => options.Seed = null, new MLContext(contextSeed)));
        Assert.Equal(Run(4), Run(4));
        Assert.NotEqual(Run(4), Run(5));
    }

    private static void OptionsStay(TrainerSubject subject)
    {
        DetectorOptions options = subject.Options();
        options.Seed = null;
        Dictionary<string, object?> before = Values(options);
        IEstimator<ITransformer> trainer = subject.Create(options);
        IReadOnlyList<string> first = FitAndScore(trainer);
        Assert.Equal(before, Values(options));

        options.Seed = 77;
        options.MaximumNumberOfSteps = 1;
        options.Contamination = 0.4;
        Assert.Equal(first, FitAndScore(trainer));
    }

    private static Dictionary<string, object?> Values(DetectorOptions options) =>
        options.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(options));

    private static void OptionsAreValidated(TrainerSubject subject)
    {
        foreach (PropertyInfo property in subject.Options().GetType().GetProperties().Where(property => property.CanWrite && property.Name != nameof(DetectorOptions.Seed)))
        {
            if (BadValue(property.PropertyType) is not { } bad)
                continue;
            DetectorOptions options = subject.Options();
            property.SetValue(options, bad);
            Exception? failure = Record.Exception(() => subject.Create(options));
            Assert.True(failure is ArgumentOutOfRangeException range && range.ParamName == property.Name && failure.Message.Contains(property.Name, StringComparison.Ordinal),
                $"{property.Name} = {bad} gives {failure?.GetType().Name ?? "no error"}: {failure?.Message}");
        }
    }

    private static object? BadValue(Type type)
    {
        Type value = Nullable.GetUnderlyingType(type) ?? type;
        return value.IsEnum ? Enum.ToObject(value, 99)
            : value == typeof(int) ? -3
            : value == typeof(float) ? float.NaN
            : value == typeof(double) ? double.NaN
            : value == typeof(int[]) ? (int[])[8, 0]
            : null;
    }

    private static void ColumnNames(TrainerSubject subject)
    {
        DetectorOptions options = subject.Options();
        var columns = Assert.IsType<IAnomalyDetectorColumns>(options, exactMatch: false);
        Assert.Equal(("Features", null), (columns.FeatureColumnName, columns.LabelColumnName));
        (columns.FeatureColumnName, columns.LabelColumnName) = ("Other", "Label");
        float[][] rows = [.. SubjectData.TrainingRows, .. SubjectData.TestRows];
        bool[] anomalous = [.. SubjectData.TrainingRows.Select(_ => false), .. SubjectData.TestRows.Select(_ => true)];
        IDataView renamed = new MLContext(1).Transforms.CopyColumns("Other", "Features").Append(new MLContext(1).Transforms.DropColumns("Features"))
            .Fit(SubjectData.Training()).Transform(SubjectData.Table(rows, anomalous));
        // Trained on the rows labelled normal, in another column: the same model.
        ITransformer model = subject.Create(options).Fit(renamed);
        Assert.Equal(subject.Expected, ScoreLine.ReadAll(model.Transform(renamed)).Skip(SubjectData.TrainingRows.Length));
    }
}
