using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// Packed copies of the weights that products read more than once between two changes: in scoring, and where a network that is not trained
/// stands behind one that is.
/// </summary>
internal sealed class WeightCopies
{
    // Smaller weights are packed again in less time than it takes to find their copy and fetch it.
    private const int SmallestKept = 1 << 13;

    // Beyond so many the oldest makes room.
    private const int Most = 256;

    private readonly List<Slot> _slots = [];
    private int _next;
    private int _oldest;

    /// <summary>The copy that a product of these weights may use, or null where none is worth keeping.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="version">The version of the storage that they are in.</param>
    /// <param name="isTransposed">Whether the product is an input gradient.</param>
    public PackedWeights? Find(in Matrix weights, long version, bool isTransposed)
    {
        if (weights.Rows * weights.Columns < SmallestKept)
            return null;

        // Products come in the same order again and again.
        int at = _next < _slots.Count && _slots[_next].IsOf(weights, isTransposed) ? _next : IndexOf(weights, isTransposed);
        _next = at + 1 < _slots.Count ? at + 1 : 0;
        return _slots[at].Use(version);
    }

    /// <summary>Lets go of all copies.</summary>
    public void Clear()
    {
        _slots.Clear();
        (_next, _oldest) = (0, 0);
    }

    private int IndexOf(in Matrix weights, bool isTransposed)
    {
        for (int i = 0; i < _slots.Count; i++)
        {
            if (_slots[i].IsOf(weights, isTransposed))
                return i;
        }

        int at = _slots.Count;
        if (at < Most)
            _slots.Add(new Slot());
        else
            (at, _oldest) = (_oldest, (_oldest + 1) % Most);
        _slots[at].Begin(weights, isTransposed);
        return at;
    }

    private sealed class Slot
    {
        private Matrix _weights;
        private bool _isTransposed;
        private PackedWeights? _copy;
        private long _version = -1;
        private int _uses;
        private int _usesBefore;

        public void Begin(in Matrix weights, bool isTransposed)
        {
            (_weights, _isTransposed, _version, _uses) = (weights, isTransposed, -1, 0);
            _copy?.Invalidate();
        }

        public bool IsOf(in Matrix weights, bool isTransposed) =>
            _weights.Storage == weights.Storage && _weights.Offset == weights.Offset && _isTransposed == isTransposed
            && _weights.Rows == weights.Rows && _weights.Columns == weights.Columns && _weights.Stride == weights.Stride;

        // Weights that were read twice before they changed will be so again: then the first product makes the copy for the second.
        public PackedWeights? Use(long version)
        {
            if (_version != version)
            {
                (_version, _usesBefore, _uses) = (version, _uses, 0);
                _copy?.Invalidate();
            }

            _uses = Math.Min(_uses + 1, 2);
            return Math.Max(_uses, _usesBefore) > 1 ? _copy ??= new PackedWeights() : null;
        }
    }
}
