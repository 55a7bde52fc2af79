using System.Reflection;
using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using ModelLoader;

namespace Conformance.Tests.MLNet;

/// <summary>What a check is run on: a trainer with the options of one variant. Its first fit is shared.</summary>
public sealed class TrainerSubject
{
    private const string DefaultSuffix = " (default)";

    private readonly Func<DetectorOptions> _options;
    private readonly Func<MLContext, DetectorOptions, IEstimator<ITransformer>> _create;
    private readonly Lazy<ITransformer> _fitted;
    private readonly Lazy<IReadOnlyList<string>> _expected;

    public TrainerSubject(string name, Func<DetectorOptions> options, Func<MLContext, DetectorOptions, IEstimator<ITransformer>> create)
    {
        Name = name;
        _options = options;
        _create = create;
        _fitted = new(() => Create().Fit(Training()));
        _expected = new(() => ScoreLine.ReadAll(Fitted.Transform(SubjectData.Test())));
    }

    public string Name { get; }

    /// <summary>Whether it has its method's default options.</summary>
    public bool IsDefault => Name.EndsWith(DefaultSuffix, StringComparison.Ordinal);

    /// <summary>Whether it learns from rows that are labelled anomalous, and so needs a label column.</summary>
    public bool UsesAnomalies => _options().LeastAnomalies > 0;

    /// <summary>Features to train on.</summary>
    public float[][] TrainingRows => SubjectData.TrainingRows(UsesAnomalies);

    /// <summary>Which of them are known anomalies.</summary>
    public bool[] TrainingLabels => SubjectData.TrainingLabels(UsesAnomalies);

    /// <summary>What it is trained on.</summary>
    public TableView Training() => SubjectData.Table(TrainingRows, TrainingLabels);

    /// <summary>Fitted on <see cref="Training"/>.</summary>
    public ITransformer Fitted => _fitted.Value;

    /// <summary>What <see cref="Fitted"/> says of <see cref="SubjectData.Test"/>, bit for bit.</summary>
    public IReadOnlyList<string> Expected => _expected.Value;

    /// <summary>Checks that the method's card excuses, with the reason.</summary>
    public IReadOnlyDictionary<string, string> SkippedChecks => DetectorRegistry.For(_options()).Card.SkippedChecks;

    /// <summary>Options that train in a moment.</summary>
    public DetectorOptions Options()
    {
        DetectorOptions options = _options();
        options.Seed = 1;
        options.NumberOfThreads = 1;
        if (options is NetworkDetectorOptions networks)
            (networks.BatchSize, networks.MaximumNumberOfSteps, networks.EnsembleSize) = (64, 25, Math.Min(2, networks.EnsembleSize));
        foreach (PropertyInfo sizes in options.GetType().GetProperties().Where(property => property.PropertyType == typeof(int[]) && property.CanWrite))
            sizes.SetValue(options, (int[])[8, 4]);
        if (UsesAnomalies)
            ((IAnomalyDetectorColumns)options).LabelColumnName = "Label";
        return options;
    }

    /// <summary>An unfitted trainer with those options.</summary>
    public IEstimator<ITransformer> Create(Action<DetectorOptions>? change = null, MLContext? mlContext = null)
    {
        DetectorOptions options = Options();
        change?.Invoke(options);
        return Create(options, mlContext);
    }

    public IEstimator<ITransformer> Create(DetectorOptions options, MLContext? mlContext = null) => _create(mlContext ?? new MLContext(1), options);

    /// <summary>The same trainer with something changed.</summary>
    public TrainerSubject With(string name, Func<IEstimator<ITransformer>, IEstimator<ITransformer>> change) =>
        new(name, _options, (mlContext, options) => change(_create(mlContext, options)));

    /// <summary>The same trainer, made in another way.</summary>
    public TrainerSubject With(string name, Func<Func<MLContext, DetectorOptions, IEstimator<ITransformer>>, MLContext, DetectorOptions, IEstimator<ITransformer>> create) =>
        new(name, _options, (mlContext, options) => create(_create, mlContext, options));

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Every trainer of the binding.</summary>
    public static IReadOnlyList<TrainerSubject> All { get; } = [.. Find(typeof(AnomalyDetectorTrainer).Assembly)];

    /// <summary>
    /// Trainers of an assembly with each variant that their methods register: found, not listed, by the methods that extend the trainers' catalog
    /// and take all options.
    /// </summary>
    public static IEnumerable<TrainerSubject> Find(Assembly assembly) => assembly.GetTypes()
        .Where(type => type.IsAbstract && type.IsSealed && type.IsPublic)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Where(method => method.ReturnType.IsAssignableTo(typeof(IEstimator<ITransformer>)) && method.GetParameters() is [var catalog, var options]
            && catalog.ParameterType == typeof(AnomalyDetectionCatalog.AnomalyDetectionTrainers) && options.ParameterType.IsSubclassOf(typeof(DetectorOptions)))
        .OrderBy(method => DetectorRegistry.All.ToList().FindIndex(descriptor => descriptor.OptionsType.IsAssignableFrom(method.GetParameters()[1].ParameterType)))
        .SelectMany(Variants);

    private static IEnumerable<TrainerSubject> Variants(MethodInfo method)
    {
        Type optionsType = method.GetParameters()[1].ParameterType;
        IEstimator<ITransformer> Make(MLContext mlContext, DetectorOptions options) =>
            (IEstimator<ITransformer>)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [mlContext.AnomalyDetection.Trainers, options], null)!;
        DetectorOptions Default() => (DetectorOptions)Activator.CreateInstance(optionsType)!;

        yield return new TrainerSubject(method.Name + DefaultSuffix, Default, Make);
        foreach ((string variant, Func<DetectorOptions> registered) in DetectorRegistry.For(Default()).Variants)
            yield return new TrainerSubject($"{method.Name} ({variant})", () => Copy(registered(), Default()), Make);
    }

    /// <summary>Copies all options to options of another class that has them.</summary>
    public static TOptions Copy<TOptions>(DetectorOptions from, TOptions to)
        where TOptions : DetectorOptions
    {
        foreach (PropertyInfo property in from.GetType().GetProperties().Where(property => property.CanWrite))
            to.GetType().GetProperty(property.Name)?.SetValue(to, property.GetValue(from));
        return to;
    }
}
