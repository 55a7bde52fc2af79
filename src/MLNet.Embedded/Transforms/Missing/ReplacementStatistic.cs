using System.Numerics;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>The mean, extreme or most frequent of the values that are not missing.</summary>
internal sealed class ReplacementStatistic<T>(MissingValueReplacingEstimator.ReplacementMode mode)
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Dictionary<T, long> _counts = [];
    private T _minimum = T.PositiveInfinity;
    private T _maximum = T.NegativeInfinity;
    private double _mean;
    private long _finite;

    internal T Value => mode switch
    {
        MissingValueReplacingEstimator.ReplacementMode.Mean => T.CreateTruncating(_mean),
        MissingValueReplacingEstimator.ReplacementMode.Minimum => _minimum,
        MissingValueReplacingEstimator.ReplacementMode.Maximum => _maximum,
        // Of equally frequent values the one that came first.
        MissingValueReplacingEstimator.ReplacementMode.Mode => _counts.Count == 0 ? T.Zero : _counts.MaxBy(pair => pair.Value).Key,
        _ => T.Zero,
    };

    internal void Add(T value)
    {
        if (T.IsNaN(value))
            return;
        switch (mode)
        {
            case MissingValueReplacingEstimator.ReplacementMode.Mean when T.IsFinite(value):
                _mean += (double.CreateChecked(value) - _mean) / ++_finite;
                break;
            case MissingValueReplacingEstimator.ReplacementMode.Minimum:
                _minimum = T.Min(_minimum, value);
                break;
            case MissingValueReplacingEstimator.ReplacementMode.Maximum:
                _maximum = T.Max(_maximum, value);
                break;
            case MissingValueReplacingEstimator.ReplacementMode.Mode:
                _counts[value] = _counts.GetValueOrDefault(value) + 1;
                break;
        }
    }
}
