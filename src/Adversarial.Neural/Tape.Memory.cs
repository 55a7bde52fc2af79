namespace Adversarial.Neural;

/// <content>Values that are not kept: what is not walked backwards keeps none, and what costs little to make again is not kept for the way back.</content>
public sealed partial class Tape
{
    // Elements from which a value is sooner made again than kept: below, memory is not what a step lacks.
    private const int DefaultSmallestForgotten = 3 << 19;

    private readonly int _smallestForgotten;

    // Values that the way back has made anew.
    private readonly List<int> _recalled = [];

    /// <summary>Until the result is disposed, operations are not recorded: what they give is constant for every way back, and what only they read is not kept.</summary>
    public Pause WithoutRecording() => new(this);

    /// <summary>
    /// Tells that no operation to come reads a tensor on the way forth, now that the last one has given its result. Its memory is used again where nothing is recorded, or where its operation can be
    /// repeated on the way back, to the same bits.
    /// </summary>
    internal void Forget(Tensor tensor, Tensor lastResult)
    {
        ref Node node = ref _nodes[tensor.Id];
        if (node.Root != tensor.Id || _nodes[lastResult.Id].Root == tensor.Id)
            return;
        if (Recording && (node.Producers != 1 || node.Value.Extent < _smallestForgotten || !_entries[node.Producer].Operation.CanRepeat))
            return;
        if (!Recording && node.Producer >= 0)
            return;
        node.IsForgotten = Recording;
        _arena.GiveBack(node.Value);
    }

    // What the way back through an operation reads.
    private void Recall(in TapeEntry entry)
    {
        if (entry.Operation.ReadsInputs)
        {
            Recall(entry.A);
            if (entry.B >= 0)
                Recall(entry.B);
        }

        if (entry.Operation.EndsInActivation)
            Recall(entry.Output);
    }

    private void Recall(int id)
    {
        int root = _nodes[id].Root;
        if (!_nodes[root].IsForgotten)
            return;
        ref readonly TapeEntry producer = ref _entries[_nodes[root].Producer];
        Recall(producer.A);
        ref Node node = ref _nodes[root];
        MoveTo(root, _arena.Allocate(node.Value.Rows, node.Value.Columns));
        producer.Operation.Repeat(this, producer, node.Value);
        node.IsForgotten = false;
        _recalled.Add(root);
    }

    // Views of a value lie in its memory.
    private void MoveTo(int root, in Matrix place)
    {
        Matrix before = _nodes[root].Value;
        foreach (ref Node node in _nodes.AsSpan(0, _nodeCount))
        {
            if (node.Root == root)
                node.Value = new Matrix(place.Storage, place.Offset + node.Value.Offset - before.Offset, node.Value.Rows, node.Value.Columns, node.Value.Stride);
        }
    }

    /// <summary>Tells on the way back that an operation has read an input: its gradient may then lie where it has been made anew, unless its own operation reads it.</summary>
    internal void HasBeenRead(int id)
    {
        if (_nodes[id].Producer is var producer and >= 0 && !_entries[producer].Operation.EndsInActivation)
            LetGo(id);
    }

    // Whoever reads a value has been walked back before its producer.
    private void LetGo(int id)
    {
        if (_recalled.Count == 0 || !_recalled.Remove(id))
            return;
        _nodes[id].IsForgotten = true;
        _arena.GiveBack(_nodes[id].Value);
    }

    // Their memory is taken back with all that the way back has used.
    private void LetGoOfAll()
    {
        foreach (int id in _recalled)
            _nodes[id].IsForgotten = true;
        _recalled.Clear();
    }

    /// <summary>A part of a step that is not recorded.</summary>
    public readonly ref struct Pause
    {
        private readonly Tape _tape;
        private readonly bool _recorded;

        internal Pause(Tape tape)
        {
            (_tape, _recorded) = (tape, tape.Recording);
            tape.Recording = false;
        }

        /// <summary>Records again, if it was before.</summary>
        public void Dispose() => _tape.Recording = _recorded;
    }
}
