using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Mean and variance by Welford's update, in double precision; missing and infinite values are left out.</summary>
internal sealed class MeanVarianceLearner<T> : NormalizerLearner<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly NormalizerOptions _options;
    private readonly long[] _counts;
    private readonly double[] _means;
    private readonly double[] _squares;

    internal MeanVarianceLearner(DataViewRow row, DataViewSchema.Column column, NormalizerOptions options) : base(row, column)
    {
        _options = options;
        _counts = new long[Size];
        _means = new double[Size];
        _squares = new double[Size];
    }

    protected override void Add(int slot, T value)
    {
        if (!T.IsFinite(value))
            return;
        double x = double.CreateChecked(value);
        double delta = x - _means[slot];
        _means[slot] += delta / ++_counts[slot];
        _squares[slot] += delta * (x - _means[slot]);
    }

    protected override void AddZeros(int slot, long count)
    {
        double old = _counts[slot];
        _counts[slot] += count;
        double mean = _means[slot];
        _means[slot] = mean * old / _counts[slot];
        _squares[slot] += mean * mean * old * count / _counts[slot];
    }

    protected override NormalizerColumn MakeColumn() => _options.Kind == NormalizerKind.Cdf ? MakeCdf() : MakeAffine();

    private NormalizerColumn MakeAffine()
    {
        var scale = new T[Size];
        var offset = new T[Size];
        for (int i = 0; i < Size; i++)
        {
            double variance = Variance(i);
            if (variance == 0)
                continue;
            double spread = _options.FixZero ? variance + _means[i] * _means[i] : variance;
            scale[i] = T.CreateTruncating(1 / Math.Sqrt(spread));
            offset[i] = T.IsZero(scale[i]) ? T.Zero : T.CreateTruncating(_means[i]);
        }
        return new AffineColumn<T>(IsVector, scale, _options.FixZero ? null : offset);
    }

    private NormalizerColumn MakeCdf()
    {
        var means = new T[Size];
        var deviations = new T[Size];
        for (int i = 0; i < Size; i++)
        {
            means[i] = T.CreateTruncating(_means[i]);
            deviations[i] = T.CreateTruncating(Math.Sqrt(Variance(i)));
        }
        return new CdfColumn<T>(IsVector, means, deviations);
    }

    private double Variance(int slot) => _counts[slot] == 0 ? 0 : _squares[slot] / _counts[slot];
}
