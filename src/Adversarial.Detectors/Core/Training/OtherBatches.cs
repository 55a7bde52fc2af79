using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>Batches from a second order of the training rows, for steps that update two sides on independent rows.</summary>
internal sealed class OtherBatches(TrainingData data, ulong seed)
{
    private const ulong ShufflePurpose = (1UL << 60) + (1UL << 32);

    private int[] _order = [];
    private float[] _values = [];
    private int _phase;
    private int _epoch;
    private bool _shuffled;

    /// <summary>Rows of the epoch that were given.</summary>
    public int Used { get; private set; }

    /// <summary>Goes to an epoch of a phase, of which some rows were used before; the order is drawn when it is asked for.</summary>
    public void Begin(int phase, int epoch, int used)
    {
        _phase = phase;
        _epoch = epoch;
        Used = used;
        _shuffled = false;
    }

    /// <summary>The next <paramref name="count"/> rows.</summary>
    public Tensor Next(Tape tape, int count)
    {
        if (!_shuffled)
            Shuffle();
        int columns = data.Normal.Columns;
        if (_values.Length < count * columns)
            _values = new float[count * columns];
        data.CopyRows(_order, Used, count, _values);
        Used += count;
        return tape.Constant(_values.AsSpan(0, count * columns), count, columns);
    }

    private void Shuffle()
    {
        if (_order.Length == 0)
            _order = new int[data.Rows];
        RandomFill.Permutation(new RandomStream(seed, ShufflePurpose + (ulong)_phase, (ulong)_epoch), _order);
        _shuffled = true;
    }
}
