namespace Adversarial.Detectors;

/// <summary>
/// The neighbours of all kept rows, one more of each than are counted, so that any one row can be taken away: distances and densities are then those of a model
/// that was made without it.
/// </summary>
/// <param name="rows">Kept rows.</param>
/// <param name="neighbors">Neighbours that are counted, fewer than there are rows.</param>
internal sealed class NeighborLists(int rows, int neighbors)
{
    private readonly int _length = Math.Min(neighbors + 1, rows - 1);
    private readonly double[] _distances = new double[(long)rows * Math.Min(neighbors + 1, rows - 1)];
    private readonly int[] _indices = new int[(long)rows * Math.Min(neighbors + 1, rows - 1)];

    /// <summary>Neighbours in a list.</summary>
    public int Length => _length;

    /// <summary>Takes the neighbours of a row, the nearest first.</summary>
    public void Set(int row, ReadOnlySpan<double> squaredDistances, ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < _length; i++)
            _distances[row * _length + i] = Math.Sqrt(squaredDistances[i]);
        indices.CopyTo(_indices.AsSpan(row * _length, _length));
    }

    /// <summary>Distance of a row's last neighbour.</summary>
    /// <param name="row">The row.</param>
    /// <param name="without">A row that is not there; -1: none.</param>
    public double LastDistance(int row, int without = -1)
    {
        int start = row * _length, last = Math.Min(neighbors, _length) - 1;
        bool isListed = without >= 0 && _indices.AsSpan(start, last + 1).Contains(without);
        // Where there is no further neighbour the one before is the last; of two rows each has but the other.
        return !isListed ? _distances[start + last]
            : last + 1 < _length ? _distances[start + last + 1]
            : _distances[start + (_indices[start + last] == without && last > 0 ? last - 1 : last)];
    }

    /// <summary>The mean reachability distance of a row from its neighbours.</summary>
    /// <param name="row">The row.</param>
    /// <param name="without">A row that is not there; -1: none.</param>
    public double Reach(int row, int without = -1)
    {
        double sum = 0;
        int count = 0;
        for (int i = row * _length; i < (row + 1) * _length && count < neighbors; i++)
        {
            if (_indices[i] == without && _length > 1)
                continue;
            sum += Math.Max(LastDistance(_indices[i], without), _distances[i]);
            count++;
        }

        return sum / count;
    }
}
