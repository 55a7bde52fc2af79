using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Adversarial.Detectors;

/// <summary>One registered method: how its options and detectors are made. Suites, benchmarks and tools run over these.</summary>
public sealed partial class DetectorDescriptor
{
    private readonly Func<DetectorOptions> _createOptions;
    private readonly Func<DetectorOptions, int, Detector> _create;
    private readonly Func<DetectorOptions, string> _write;
    private readonly Func<string, DetectorOptions> _read;

    private DetectorDescriptor(DetectorCard card, Type optionsType, Func<DetectorOptions> createOptions,
        Func<DetectorOptions, int, Detector> create, Func<DetectorOptions, string> write, Func<string, DetectorOptions> read)
    {
        Card = card;
        OptionsType = optionsType;
        _createOptions = createOptions;
        _create = create;
        _write = write;
        _read = read;
    }

    /// <summary>What to know of the method.</summary>
    public DetectorCard Card { get; }

    /// <summary>The method's name; a model file names it.</summary>
    public string Name => Card.Name;

    /// <summary>The class of its options.</summary>
    public Type OptionsType { get; }

    /// <summary>Named options that the paper or its authors' code prescribe, for suites that cover each variant.</summary>
    public IReadOnlyDictionary<string, Func<DetectorOptions>> Variants { get; private init; } = new Dictionary<string, Func<DetectorOptions>>();

    /// <summary>Names of the options that set the sizes of layers.</summary>
    internal IReadOnlyList<string> SizeOptions { get; private init; } = [];

    /// <summary>Describes a method.</summary>
    /// <param name="card">What to know of it.</param>
    /// <param name="create">Makes an untrained detector of given options and number of features.</param>
    /// <param name="json">Serialisation of the options.</param>
    /// <param name="variants">Options by name, besides the default ones.</param>
    public static DetectorDescriptor Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(DetectorCard card, Func<TOptions, int, Detector> create, JsonTypeInfo<TOptions> json,
        params (string Name, Func<TOptions> Options)[] variants)
        where TOptions : DetectorOptions, new() =>
        new(card, typeof(TOptions), () => new TOptions(), (options, columns) => create((TOptions)options, columns),
            options => JsonSerializer.Serialize((TOptions)options, json),
            text => JsonSerializer.Deserialize(text, json) ?? throw new FormatException("The options in the model are empty."))
        {
            _properties = OptionProperty.Of(typeof(TOptions)),
            SizeOptions = [.. json.Properties.Where(property => property.PropertyType == typeof(int[])).Select(property => property.Name)],
            Variants = variants.ToDictionary(variant => variant.Name, variant => (Func<DetectorOptions>)(() => variant.Options())),
        };

    /// <summary>Default options.</summary>
    public DetectorOptions CreateOptions() => _createOptions();

    /// <summary>An untrained detector. The options are copied.</summary>
    /// <param name="options">Of <see cref="OptionsType"/> or a class derived from it.</param>
    /// <param name="columns">Number of features, at least 1.</param>
    public Detector Create(DetectorOptions options, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        options.Validate();
        (options as IImageOptions)?.ImageShape?.Require(columns);
        Detector detector = options is NetworkDetectorOptions { EnsembleSize: > 1 }
            ? new EnsembleDetector((NetworkDetectorOptions)options.Clone(), columns, () => (NetworkDetector)_create(options.Clone(), columns))
            : _create(options.Clone(), columns);
        detector.Descriptor = this;
        return detector;
    }

    /// <summary>Options as JSON; progress listeners and tokens are left out.</summary>
    public string ToJson(DetectorOptions options) => _write(options);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public DetectorOptions FromJson(string json) => _read(json);
}
