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

    private static IReadOnlyList<string> FitAndScore(TrainerSubject subject, IEstimator<ITransformer> trainer) =>
        ScoreLine.ReadAll(trainer.Fit(subject.Training()).Transform(SubjectData.Test()));

    private static void FitsTwice(TrainerSubject subject)
    {
        IEstimator<ITransformer> trainer = subject.Create();
        Assert.Equal(subject.Expected, FitAndScore(subject, trainer));
        Assert.Equal(subject.Expected, FitAndScore(subject, trainer));
    }

    private static void ContextSeed(TrainerSubject subject)
    {
        IReadOnlyList<string> Run(int contextSeed) => FitAndScore(subject, subject.Create(options => options.Seed = null, new MLContext(contextSeed)));
        Assert.Equal(Run(4), Run(4));
        Assert.NotEqual(Run(4), Run(5));
    }

    private static void OptionsStay(TrainerSubject subject)
    {
        DetectorOptions options = subject.Options();
        options.Seed = null;
        Dictionary<string, object?> before = Values(options);
        IEstimator<ITransformer> trainer = subject.Create(options);
        IReadOnlyList<string> first = FitAndScore(subject, trainer);
        Assert.Equal(before, Values(options));

        options.Seed = 77;
        if (options is NetworkDetectorOptions networks)
            networks.MaximumNumberOfSteps = 1;
        options.Contamination = 0.4;
        Assert.Equal(first, FitAndScore(subject, trainer));
    }

    private static Dictionary<string, object?> Values(DetectorOptions options) =>
        options.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(options));

    private static void OptionsAreValidated(TrainerSubject subject)
    {
        foreach (PropertyInfo property in subject.Options().GetType().GetProperties().Where(property => property.CanWrite && property.Name != nameof(DetectorOptions.Seed)))
        {
            if (BadValue(property.PropertyType) is not { } bad)
            {
                Assert.True(_anyValueIsGood.Contains(property.PropertyType), $"No bad value of {property.Name} is known.");
                continue;
            }

            DetectorOptions options = subject.Options();
            property.SetValue(options, bad);
            Exception? failure = Record.Exception(() => subject.Create(options));
            Assert.True(failure is ArgumentOutOfRangeException range && range.ParamName == property.Name && failure.Message.Contains(property.Name, StringComparison.Ordinal),
                $"{property.Name} = {bad} gives {failure?.GetType().Name ?? "no error"}: {failure?.Message}");
        }
    }

    private static readonly Type[] _anyValueIsGood = [typeof(bool), typeof(string), typeof(CancellationToken), typeof(IProgress<TrainingProgress>), typeof(Adversarial.Neural.IDeviceFactory)];

    private static object? BadValue(Type type)
    {
        Type value = Nullable.GetUnderlyingType(type) ?? type;
        return value.IsEnum ? Enum.ToObject(value, 99)
            : value == typeof(int) ? -3
            : value == typeof(float) ? float.NaN
            : value == typeof(double) ? double.NaN
            : value == typeof(TimeSpan) ? TimeSpan.FromSeconds(-1)
            : value == typeof(int[]) ? (int[])[8, 0]
            : value == typeof(ImageShape) ? new ImageShape(0, 5)
            : value.IsArray ? Array.CreateInstance(value.GetElementType()!, 1)
            : null;
    }

    private static void ColumnNames(TrainerSubject subject)
    {
        DetectorOptions options = subject.Options();
        var columns = Assert.IsType<IAnomalyDetectorColumns>(options, exactMatch: false);
        Assert.Equal(("Features", subject.UsesAnomalies ? "Label" : null), (columns.FeatureColumnName, columns.LabelColumnName));
        (columns.FeatureColumnName, columns.LabelColumnName) = ("Other", "Truth");

        // Those that are labelled anomalous are left out by a trainer that does not learn from them: the same model.
        float[][] rows = subject.UsesAnomalies ? subject.TrainingRows : [.. subject.TrainingRows, .. SubjectData.TestRows];
        bool[] anomalous = subject.UsesAnomalies ? subject.TrainingLabels : [.. rows.Select((_, r) => r >= subject.TrainingRows.Length)];
        ITransformer model = subject.Create(options).Fit(Renamed(SubjectData.Table(rows, anomalous)));
        Assert.Equal(subject.Expected, ScoreLine.ReadAll(model.Transform(Renamed(SubjectData.Test()))));
    }

    private static IDataView Renamed(IDataView data)
    {
        TransformsCatalog transforms = new MLContext(1).Transforms;
        return transforms.CopyColumns("Other", "Features").Append(transforms.CopyColumns("Truth", "Label")).Append(transforms.DropColumns("Features", "Label"))
            .Fit(data).Transform(data);
    }
}
