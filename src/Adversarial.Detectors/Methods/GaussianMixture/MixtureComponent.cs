namespace Adversarial.Detectors;

/// <summary>A Gaussian with its weight, in double precision: its covariance is kept as the lower triangle of its root, or as deviations.</summary>
internal sealed class MixtureComponent
{
    // Of a covariance no smaller eigenvalue than the regularisation is there; what is below is rounding.
    private const double LeastPivotShare = 0.5;

    // Rows that hardly belong to the component change nothing that a double holds.
    private const double LeastWeight = 1e-14;
    private const int RowsAtATime = 64;
    private const double Limit = 1e10;
    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly double[] _mean;
    private readonly double[] _root;
    private readonly bool _isFull;
    private double _logFactor;

    /// <summary>Makes one without content.</summary>
    public MixtureComponent(int columns, bool isFull)
    {
        _isFull = isFull;
        _mean = new double[columns];
        _root = new double[RootLength(columns, isFull)];
    }

    private static long LongRootLength(int columns, bool isFull) => isFull ? (long)columns * (columns + 1) / 2 : columns;

    private static int RootLength(int columns, bool isFull) => checked((int)LongRootLength(columns, isFull));

    /// <summary>Logarithm of the component's share of the rows.</summary>
    public double LogWeight { get; private set; }

    /// <summary>Learns from rows, of which each belongs to it by a weight in [0, 1].</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="weights">Their weights: one a row, from <paramref name="first"/> on and <paramref name="stride"/> apart.</param>
    /// <param name="first">Where the first weight is.</param>
    /// <param name="stride">Distance of two weights.</param>
    /// <param name="regularization">What is added to each variance.</param>
    /// <param name="check">Called now and then; throws to end it.</param>
    public void Learn(KeptRows rows, double[] weights, int first, int stride, double regularization, Action check)
    {
        int columns = _mean.Length;
        Array.Clear(_mean);
        Array.Clear(_root);
        // As scikit-learn has it: a component that has lost all rows divides by more than 0.
        double total = 10 * MachineEpsilon;
        for (int r = 0; r < rows.Count; r++)
        {
            double weight = weights[first + r * stride];
            total += weight;
            ReadOnlySpan<float> row = rows[r];
            for (int c = 0; weight > LeastWeight && c < columns; c++)
                _mean[c] += weight * row[c];
        }

        for (int c = 0; c < columns; c++)
            _mean[c] /= total;
        LogWeight = Math.Log(total / rows.Count);
        var centred = new double[RowsAtATime * columns];
        var taken = new double[RowsAtATime];
        int count = 0;
        for (int r = 0; r < rows.Count; r++)
        {
            double weight = weights[first + r * stride];
            if (weight > LeastWeight)
            {
                taken[count] = weight / total;
                Centre(rows[r], centred.AsSpan(count++ * columns, columns));
            }

            if (count == RowsAtATime || r == rows.Count - 1)
            {
                check();
                AddProducts(centred, taken, count);
                count = 0;
            }
        }

        Finish(regularization, check);
    }

    private void Centre(ReadOnlySpan<float> row, Span<double> centred)
    {
        for (int c = 0; c < row.Length; c++)
            centred[c] = row[c] - _mean[c];
    }

    private void AddProducts(double[] centred, double[] weights, int count)
    {
        int columns = _mean.Length;
        if (!_isFull)
        {
            for (int r = 0; r < count; r++)
            {
                for (int c = 0; c < columns; c++)
                    _root[c] += weights[r] * centred[r * columns + c] * centred[r * columns + c];
            }

            return;
        }

        // A row of the triangle stays in the cache for all rows of the block.
        for (int i = 0, at = 0; i < columns; at += ++i)
        {
            Span<double> sums = _root.AsSpan(at, i + 1);
            for (int r = 0; r < count; r++)
                DoubleVectors.Add(weights[r] * centred[r * columns + i], centred.AsSpan(r * columns, i + 1), sums);
        }
    }

    // Of the covariance its root, in place.
    private void Finish(double regularization, Action check)
    {
        int columns = _mean.Length;
        double least = LeastPivotShare * regularization;
        if (!_isFull)
        {
            for (int c = 0; c < columns; c++)
                _root[c] = Math.Sqrt(_root[c] + regularization);
        }

        for (int i = 0, at = 0; _isFull && i < columns; at += ++i)
        {
            check();
            Span<double> row = _root.AsSpan(at, i + 1);
            row[i] += regularization;
            for (int j = 0, other = 0; j < i; other += ++j)
                row[j] = (row[j] - DoubleVectors.Dot(row[..j], _root.AsSpan(other, j))) / _root[other + j];
            row[i] = Math.Sqrt(Math.Max(row[i] - DoubleVectors.Dot(row[..i], row[..i]), least));
        }

        SetFactor();
    }

    private void SetFactor()
    {
        double logs = 0;
        for (int c = 0; c < _mean.Length; c++)
            logs += Math.Log(Deviation(c));
        _logFactor = -logs - 0.5 * _mean.Length * Math.Log(2 * Math.PI);
    }

    private double Deviation(int column) => _isFull ? _root[(int)((long)column * (column + 3) / 2)] : _root[column];

    /// <summary>Logarithms of weight times density of some rows.</summary>
    /// <param name="rows">The rows, one behind another.</param>
    /// <param name="count">Their number.</param>
    /// <param name="scratch">As many doubles as the rows have values.</param>
    /// <param name="logs">What is computed, one a row.</param>
    public void LogDensities(ReadOnlySpan<float> rows, int count, double[] scratch, Span<double> logs)
    {
        int columns = _mean.Length;
        for (int r = 0; r < count; r++)
            Centre(rows.Slice(r * columns, columns), scratch.AsSpan(r * columns, columns));
        if (!_isFull)
        {
            for (int i = 0; i < count * columns; i++)
                scratch[i] /= _root[i % columns];
        }

        // Forward substitution, for all rows at a time: a row of the triangle is fetched once.
        for (int i = 0, at = 0; _isFull && i < columns; at += ++i)
        {
            ReadOnlySpan<double> root = _root.AsSpan(at, i);
            double diagonal = _root[at + i];
            for (int r = 0; r < count; r++)
                scratch[r * columns + i] = (scratch[r * columns + i] - DoubleVectors.Dot(root, scratch.AsSpan(r * columns, i))) / diagonal;
        }

        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<double> z = scratch.AsSpan(r * columns, columns);
            logs[r] = LogWeight + _logFactor - 0.5 * DoubleVectors.Dot(z, z);
        }
    }

    /// <summary>The logarithm of the density at the mean, with that of the weight.</summary>
    public double LogFactor => LogWeight + _logFactor;

    /// <summary>The mean.</summary>
    public double[] Mean => _mean;

    /// <summary>What makes centred rows those of a standard normal law: the inverse of the root, [columns, columns] row by row, or its diagonal.</summary>
    public double[] InverseRoot()
    {
        int columns = _mean.Length;
        if (!_isFull)
            return Array.ConvertAll(_root, deviation => 1 / deviation);
        var inverse = new double[columns * columns];
        for (int i = 0, at = 0; i < columns; at += ++i)
        {
            Span<double> row = inverse.AsSpan(i * columns, columns);
            for (int k = 0; k < i; k++)
            {
                double factor = _root[at + k];
                for (int c = 0; c <= k; c++)
                    row[c] -= factor * inverse[k * columns + c];
            }

            row[i] = 1;
            for (int c = 0; c <= i; c++)
                row[c] /= _root[at + i];
        }

        return inverse;
    }

    /// <summary>Bytes that <see cref="Save"/> writes.</summary>
    public static long LengthOf(int columns, bool isFull) => sizeof(double) * (1 + columns + LongRootLength(columns, isFull));

    /// <summary>Writes what <see cref="Load"/> reads.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(LogWeight);
        foreach (double value in _mean)
            writer.Write(value);
        foreach (double value in _root)
            writer.Write(value);
    }

    /// <exception cref="FormatException">A number is out of range, or a deviation is below the regularisation.</exception>
    public static MixtureComponent Load(BinaryReader reader, int columns, bool isFull, double regularization)
    {
        reader.RequireBytes(LengthOf(columns, isFull), "A component");
        var component = new MixtureComponent(columns, isFull)
        {
            LogWeight = ContentReading.Require(reader.ReadDouble(), value => value is <= 1e-6 and >= -1e4, "The logarithm of a component's weight", "in range"),
        };
        for (int c = 0; c < columns; c++)
            component._mean[c] = Bounded(reader.ReadDouble());
        for (int i = 0; i < component._root.Length; i++)
            component._root[i] = Bounded(reader.ReadDouble());
        double least = 0.99 * Math.Sqrt(LeastPivotShare * regularization);
        for (int c = 0; c < columns; c++)
            ContentReading.Require(component.Deviation(c), value => value >= least, $"Deviation {c} of a component", "that of a regularised one");
        component.SetFactor();
        return component;
    }

    private static double Bounded(double value) => ContentReading.Require(value, number => Math.Abs(number) <= Limit, "A number of a component", "a finite number in range");
}
