using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>Draws the trials of a sweep: all of them depend on the seed alone, the first ones not on how many there are.</summary>
internal sealed class SweepSpace
{
    private const int MostDraws = 1000;

    // A space of few values has fewer trials than may be asked for.
    private const int MostRepetitions = 100;

    // Of an option that the method derives from rows and width the derived value is worth a trial too.
    private const double ShareOfDerived = 1.0 / 3;

    private readonly DetectorDescriptor _method;
    private readonly DetectorOptions _given;
    private readonly IReadOnlyList<SearchDimension> _dimensions;

    /// <exception cref="ArgumentException">A dimension names no option of the method, or holds what is no value of it.</exception>
    public SweepSpace(DetectorDescriptor method, DetectorOptions given, IReadOnlyList<SearchDimension>? dimensions)
    {
        (_method, _given, _dimensions) = (method, given, dimensions ?? method.SearchSpace);
        if (_dimensions.GroupBy(dimension => dimension.Option, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
            throw new ArgumentException($"Option {twice} is searched twice.", nameof(SweepOptions.SearchSpace));
        foreach (SearchDimension dimension in _dimensions)
        {
            DetectorOptions tried = given.Clone();
            foreach (string value in dimension.Choices.Count > 0 ? dimension.Choices : [dimension.Draw(new Random(0))])
                method.SetOption(tried, dimension.Option, value);
        }
    }

    /// <summary>What is searched, in lines.</summary>
    public string Description => string.Join('\n', _dimensions);

    /// <summary>The trials' values.</summary>
    /// <exception cref="ArgumentException">Values are hardly ever valid together.</exception>
    public IReadOnlyList<SweepTrial> Draw(int count, int seed)
    {
        var random = new Random(seed);
        var trials = new List<SweepTrial> { new(0, new Dictionary<string, string>()) };
        var drawn = new HashSet<string>(StringComparer.Ordinal);
        while (trials.Count < count)
        {
            var trial = new SweepTrial(trials.Count, Valid(random));
            for (int again = 0; !drawn.Add(trial.Description) && again < MostRepetitions; again++)
                trial = new SweepTrial(trials.Count, Valid(random));
            trials.Add(trial);
        }

        return trials;
    }

    /// <summary>The options of a trial.</summary>
    public DetectorOptions Options(IReadOnlyDictionary<string, string> values)
    {
        DetectorOptions options = _given.Clone();
        foreach ((string option, string value) in values)
            _method.SetOption(options, option, value);
        return options;
    }

    private Dictionary<string, string> Valid(Random random)
    {
        ArgumentException? reason = null;
        for (int draw = 0; draw < MostDraws; draw++)
        {
            var values = new Dictionary<string, string>();
            foreach (SearchDimension dimension in _dimensions)
            {
                string value = dimension.Draw(random);
                if (random.NextDouble() >= ShareOfDerived || _method.GetOption(_given, dimension.Option) is not null)
                    values[dimension.Option] = value;
            }

            try
            {
                Options(values).Validate();
                return values;
            }
            catch (ArgumentException failure)
            {
                reason = failure;
            }
        }

        throw new ArgumentException($"Of {MostDraws} draws of {_method.Name}'s options none was valid: {reason!.Message}", nameof(SweepOptions.SearchSpace), reason);
    }
}
