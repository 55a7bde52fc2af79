using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>Follows an <see cref="EarlyStopping"/> rule: remembers the weights of the best epoch and tells when to end.</summary>
internal sealed class BestWeights(EarlyStopping rule)
{
    private float[][]? _best;
    private double _bestValue = double.NegativeInfinity;
    private int _epochsSince;

    /// <summary>Measures after an epoch; true if the phase should end.</summary>
    public bool Observe(out double value)
    {
        value = rule.Measure();
        if (value > _bestValue)
        {
            _bestValue = value;
            _epochsSince = 0;
            Keep();
            return false;
        }

        return ++_epochsSince >= rule.Patience;
    }

    private void Keep()
    {
        _best ??= [.. rule.Networks.Select(network => new float[network.Parameters.Count])];
        for (int i = 0; i < _best.Length; i++)
            rule.Networks[i].Parameters.Device.Download(rule.Networks[i].Parameters.Values, _best[i]);
    }

    /// <summary>Puts the best weights back; nothing happens where no epoch ended.</summary>
    public void Restore()
    {
        for (int i = 0; i < (_best?.Length ?? 0); i++)
            rule.Networks[i].Parameters.Device.Upload(_best![i], rule.Networks[i].Parameters.Values);
    }
}
