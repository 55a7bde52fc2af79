using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// Packed copies of the weights that products read more than once between two changes: in scoring, and where a network that is not trained
/// stands behind one that is. Weights whose products never find them as they were get none.
/// </summary>
internal sealed class WeightCopies
{
    // Beyond so many the device is one on which networks come and go, and all begin anew.
    private const int Most = 128;

    private readonly List<Slot> _slots = [];
    private int _next;

    /// <summary>The copy that a product of these weights may use, or null where it is the only one to read them as they are.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="version">The version of the storage that they are in.</param>
    /// <param name="isTransposed">Whether the product is an input gradient.</param>
    public PackedWeights? Find(in Matrix weights, long version, bool isTransposed)
    {
        // Products come in the same order again and again.
        int at = _next < _slots.Count && _slots[_next].IsOf(weights, isTransposed) ? _next : IndexOf(weights, isTransposed);
        _next = at + 1 < _slots.Count ? at + 1 : 0;
        return _slots[at].Use(version);
    }

    private int IndexOf(in Matrix weights, bool isTransposed)
    {
        for (int i = 0; i < _slots.Count; i++)
        {
            if (_slots[i].IsOf(weights, isTransposed))
                return i;
        }

        if (_slots.Count == Most)
            _slots.Clear();
        _slots.Add(new Slot(weights, isTransposed));
        return _slots.Count - 1;
    }

    private sealed class Slot(in Matrix weights, bool isTransposed)
    {
        private readonly Matrix _weights = weights;
        private PackedWeights? _copy;
        private long _version = -1;
        private int _uses;
        private int _usesBefore;

        public bool IsOf(in Matrix weights, bool transposed) =>
            _weights.Storage == weights.Storage && _weights.Offset == weights.Offset && isTransposed == transposed
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
