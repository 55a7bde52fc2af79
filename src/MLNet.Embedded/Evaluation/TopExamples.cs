namespace Microsoft.ML.Data;

/// <summary>
/// The highest-scored examples of one pass. As in ML.NET, a positive that comes while enough negatives are held and scores below
/// all that is held is forgotten, even if a complete ranking would count it.
/// </summary>
internal sealed class TopExamples(int falsePositiveCount)
{
    private const double ShareOfNegatives = 0.01;

    private readonly PriorityQueue<bool, (float Score, long Order)> _held = new();
    private long _positives;
    private long _negatives;
    private long _heldNegatives;

    internal void Add(bool positive, float score)
    {
        if (positive)
            _positives++;
        else
            _negatives++;
        double limit = Math.Max(Math.Max(falsePositiveCount, _positives), Math.Ceiling(ShareOfNegatives * _negatives));
        if (_heldNegatives >= limit && _held.TryPeek(out _, out (float Score, long Order) lowest) && score < lowest.Score)
            return;

        // Before the new one comes in: one negative beyond the limit stays, and ends the count of detections.
        while (_heldNegatives > limit)
        {
            if (!_held.Dequeue())
                _heldNegatives--;
        }
        _held.Enqueue(positive, (score, _positives + _negatives));
        if (!positive)
            _heldNegatives++;
    }

    /// <summary>The share of all positives that rank above the first negative too many.</summary>
    internal double DetectionRate()
    {
        long detected = 0;
        long falsePositives = 0;
        foreach ((bool positive, _) in _held.UnorderedItems
            .OrderByDescending(item => item.Priority.Score).ThenBy(item => item.Priority.Order))
        {
            if (positive)
                detected++;
            else if (++falsePositives > falsePositiveCount)
                break;
        }
        return (double)detected / _positives;
    }
}
