using System.Numerics;

namespace Microsoft.ML.Data;

internal sealed class MinMaxLearner<T> : NormalizerLearner<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly bool _fixZero;
    private readonly T[] _minima;
    private readonly T[] _maxima;

    internal MinMaxLearner(DataViewRow row, DataViewSchema.Column column, NormalizerOptions options) : base(row, column)
    {
        _fixZero = options.FixZero;
        _minima = new T[Size];
        _maxima = new T[Size];
        Array.Fill(_minima, T.PositiveInfinity);
        Array.Fill(_maxima, T.NegativeInfinity);
    }

    protected override void Add(int slot, T value)
    {
        // Both comparisons are false for NaN, which is thereby ignored.
        if (value < _minima[slot])
            _minima[slot] = value;
        if (value > _maxima[slot])
            _maxima[slot] = value;
    }

    protected override void AddZeros(int slot, long count) => Add(slot, T.Zero);

    protected override NormalizerColumn MakeColumn()
    {
        var scale = new T[Size];
        var offset = new T[Size];
        for (int i = 0; i < Size; i++)
        {
            if (!(_maxima[i] > _minima[i]))
                continue;
            scale[i] = T.One / (_fixZero ? T.Max(T.Abs(_minima[i]), T.Abs(_maxima[i])) : _maxima[i] - _minima[i]);
            offset[i] = T.IsZero(scale[i]) ? T.Zero : _minima[i];
        }
        return new AffineColumn<T>(IsVector, scale, _fixZero ? null : offset);
    }
}
