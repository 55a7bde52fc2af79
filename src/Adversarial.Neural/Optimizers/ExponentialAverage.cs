namespace Adversarial.Neural;

/// <summary>Exponential moving average of a network's parameters, with the start corrected so that early values are means.</summary>
public sealed class ExponentialAverage
{
    private readonly ParameterSet _set;
    private readonly Storage _average;
    private readonly float _decay;

    /// <summary>Starts with no history. <paramref name="decay"/> in [0, 1): the weight of the past in each update.</summary>
    public ExponentialAverage(Network network, float decay)
    {
        _set = network.Parameters;
        _decay = decay;
        _average = _set.Device.Allocate(_set.Count);
    }

    /// <summary>Number of updates so far.</summary>
    public long Step { get; internal set; }

    internal IDevice Device => _set.Device;

    internal Matrix Average => Matrix.Row(_average, 0, _set.Count);

    /// <summary>Takes the present parameters in.</summary>
    public void Update()
    {
        Step++;
        // The first value counts in full; then (1 + t) / (10 + t) lets the average forget the random start quickly.
        float decay = Step == 1 ? 0 : Math.Min(_decay, (1f + Step) / (10f + Step));
        _set.Device.Add(Average, decay, Average, accumulate: false);
        _set.Device.Add(_set.Values, 1 - decay, Average, accumulate: true);
    }

    /// <summary>Puts the average in the place of the parameters; nothing happens before the first update.</summary>
    public void Apply()
    {
        if (Step > 0)
            _set.Device.Add(Average, 1, _set.Values, accumulate: false);
    }
}
