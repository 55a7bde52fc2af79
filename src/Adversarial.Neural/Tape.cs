using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// Records operations while the forward pass runs and walks them backwards. Memory comes from an arena that <see cref="Reset"/> takes
/// back, so a step in steady state allocates nothing. A tape serves one thread.
/// </summary>
public sealed partial class Tape
{
    private readonly Arena _arena;
    private Node[] _nodes = new Node[64];
    private TapeEntry[] _entries = new TapeEntry[64];
    private int _nodeCount;
    private int _entryCount;
    private int _stamp;
    private int _walks;
    private TapeEntry _unrecorded;

    /// <summary>Makes a tape on a device; <paramref name="recording"/> false serves scoring, where nothing is walked backwards.</summary>
    public Tape(IDevice device, bool recording = true)
        : this(device, recording, Arena.DefaultSmallestReused, DefaultSmallestForgotten)
    {
    }

    internal Tape(IDevice device, bool recording, int smallestReused, int smallestForgotten)
    {
        _smallestForgotten = smallestForgotten;
        Device = device;
        Recording = recording;
        _arena = new Arena(device, smallestReused);
    }

    /// <summary>The device that does the numeric work.</summary>
    public IDevice Device { get; }

    /// <summary>Whether operations are recorded for <see cref="Backward(Tensor, ReadOnlySpan{ParameterSet})"/>.</summary>
    public bool Recording { get; private set; }

    /// <summary>Forgets all tensors and takes their memory back.</summary>
    public void Reset()
    {
        _nodeCount = 0;
        _entryCount = 0;
        _recalled.Clear();
        _arena.Reset();
    }

    /// <summary>A tensor with undefined values, to be written by <c>into</c> arguments or <see cref="IDevice.Upload"/>.</summary>
    public Tensor Allocate(int rows, int columns) => Add(_arena.Allocate(rows, columns), root: -1);

    /// <summary>A tensor of given values, row-major.</summary>
    public Tensor Constant(ReadOnlySpan<float> values, int rows, int columns)
    {
        Tensor tensor = Allocate(rows, columns);
        Device.Upload(values, tensor.Value);
        return tensor;
    }

    /// <summary>A tensor over memory of the device that outlives it: nothing is copied, and <see cref="Reset"/> does not take it back.</summary>
    public Tensor Over(in Matrix values) => Add(values, root: -1);

    /// <summary>A tensor of draws from N(<paramref name="mean"/>, <paramref name="deviation"/>).</summary>
    public Tensor Normal(int rows, int columns, RandomStream stream, float mean = 0, float deviation = 1, Tensor? into = null)
    {
        Tensor tensor = into ?? Allocate(rows, columns);
        Device.DrawNormal(tensor.Value, stream, mean, deviation);
        return tensor;
    }

    internal Matrix AllocateRaw(int rows, int columns) => _arena.Allocate(rows, columns);

    internal ref Node NodeOf(int id) => ref _nodes[id];

    internal ref readonly TapeEntry EntryOf(int index) => ref _entries[index];

    /// <summary>A new entry, whose other fields are for the operation to set; without recording it is one that nobody reads.</summary>
    internal ref TapeEntry Record(Operation operation, int output, int a, int b = -1)
    {
        if (!Recording)
            return ref _unrecorded;
        if (_entryCount == _entries.Length)
            Array.Resize(ref _entries, 2 * _entryCount);
        Node[] nodes = _nodes;
        nodes[output].Producer = _entryCount;
        nodes[nodes[output].Root].Producers++;
        nodes[nodes[a].Root].Uses++;
        if (b >= 0)
            nodes[nodes[b].Root].Uses++;
        ref TapeEntry entry = ref _entries[_entryCount++];
        entry = default;
        entry.Operation = operation;
        (entry.Output, entry.A, entry.B) = (output, a, b);
        return ref entry;
    }

    private Tensor Add(Matrix value, int root)
    {
        if (_nodeCount == _nodes.Length)
            Array.Resize(ref _nodes, 2 * _nodeCount);
        ref Node node = ref _nodes[_nodeCount];
        node = default;
        node.Value = value;
        node.Root = root < 0 ? _nodeCount : root;
        node.Producer = -1;
        return new Tensor(this, _nodeCount++);
    }

    /// <summary>
    /// Computes d <paramref name="loss"/> / d parameters into the gradients of <paramref name="trained"/>, and of nothing else: other
    /// networks pass gradient through but accumulate none.
    /// </summary>
    /// <exception cref="InvalidOperationException">The loss is not 1 x 1, or depends on none of the parameters.</exception>
    public void Backward(Tensor loss, params ReadOnlySpan<ParameterSet> trained)
    {
        RequireScalar(loss);
        _stamp = ++_walks;
        foreach (ParameterSet set in trained)
            set.BeginGradients(_stamp);
        MarkNeeded();
        if (!IsNeeded(loss.Id))
            throw new InvalidOperationException("The loss depends on none of the parameters to train.");

        Arena.Mark mark = _arena.Position;
        WalkBack(loss);
        foreach (ParameterSet set in trained)
            set.EndGradients();
        _arena.Release(mark);
    }

    /// <summary>Computes d <paramref name="loss"/> / d <paramref name="input"/>; no parameter gets a gradient.</summary>
    /// <param name="loss">One number.</param>
    /// <param name="input">What the loss was computed from: a tensor that no operation made.</param>
    /// <param name="gradient">Where the gradient goes, in the shape of the input.</param>
    /// <exception cref="InvalidOperationException">The loss is not 1 x 1, or does not depend on the input.</exception>
    public void BackwardTo(Tensor loss, Tensor input, in Matrix gradient)
    {
        RequireScalar(loss);

        // Parameters bear stamps above 0, those of other tapes too: none of them is taken for one that is trained.
        _stamp = -++_walks;
        _nodes[_nodes[input.Id].Root].NeededStamp = _stamp;
        MarkNeeded();
        if (!IsNeeded(loss.Id))
            throw new InvalidOperationException("The loss does not depend on the input.");

        Arena.Mark mark = _arena.Position;
        WalkBack(loss);
        Device.Add(GradientForWriting(input.Id, out _), 1, gradient, accumulate: false);
        _arena.Release(mark);
    }

    private static void RequireScalar(Tensor loss)
    {
        if (loss.Rows != 1 || loss.Columns != 1)
            throw new InvalidOperationException($"A loss is one number, not {loss.Rows} x {loss.Columns}.");
    }

    private void WalkBack(Tensor loss)
    {
        Device.Fill(GradientForWriting(loss.Id, out _), 1);
        for (int i = _entryCount - 1; i >= 0; i--)
        {
            ref readonly TapeEntry entry = ref _entries[i];
            ref readonly Node root = ref _nodes[_nodes[entry.Output].Root];
            if (root.NeededStamp != _stamp || root.GradientStamp != _stamp)
                continue;
            Recall(entry);
            entry.Operation.Backward(this, entry);
            if (IsReadLast(entry))
                _arena.GiveBack(root.Gradient);
            LetGo(entry.Output);
        }

        LetGoOfAll();
    }

    private void MarkNeeded()
    {
        Node[] nodes = _nodes;
        foreach (ref readonly TapeEntry entry in _entries.AsSpan(0, _entryCount))
        {
            if (Trains(entry) || IsNeeded(entry.A) || (entry.B >= 0 && IsNeeded(entry.B)))
                nodes[nodes[entry.Output].Root].NeededStamp = _stamp;
        }
    }

    internal bool Trains(in TapeEntry entry) => entry.Layer is { } layer && layer.Parameters.Stamp == _stamp;

    internal bool IsNeeded(int id) => _nodes[_nodes[id].Root].NeededStamp == _stamp;

    /// <summary>The gradient of a tensor that a later operation has written.</summary>
    internal Matrix GradientOf(int id)
    {
        ref Node node = ref _nodes[id];
        ref Node root = ref _nodes[node.Root];
        Matrix value = node.Value;
        return new Matrix(root.Gradient.Storage, root.Gradient.Offset + value.Offset - root.Value.Offset, value.Rows, value.Columns, value.Stride);
    }

    /// <summary>Where to write a tensor's gradient; <paramref name="accumulate"/> false if nothing stands there yet.</summary>
    internal Matrix GradientForWriting(int id, out bool accumulate)
    {
        ref Node root = ref _nodes[_nodes[id].Root];
        accumulate = root.GradientStamp == _stamp;
        if (!accumulate)
        {
            root.Gradient = _arena.Allocate(root.Value.Rows, root.Value.Columns);
            root.GradientStamp = _stamp;
            if (IsPart(_nodes[id].Value, root.Value))
            {
                // The first writer covers a part only: the rest has to be zero.
                Device.Fill(root.Gradient, 0);
                accumulate = true;
            }
        }

        return GradientOf(id);
    }

    private static bool IsPart(in Matrix of, in Matrix all) => of.Rows * of.Columns != all.Rows * all.Columns;

    /// <summary>Where to add to a tensor's gradient: zero if nothing stands there yet.</summary>
    internal Matrix GradientForAdding(int id)
    {
        Matrix gradient = GradientForWriting(id, out bool accumulate);
        if (!accumulate)
            Device.Fill(gradient, 0);
        return gradient;
    }

    /// <summary>
    /// Where to write the gradient of an entry's first input, which has the shape of its output: in the place of the output's own gradient
    /// if that is read for the last time and nothing stands in the input's yet.
    /// </summary>
    internal Matrix GradientInPlace(in TapeEntry entry, out bool accumulate)
    {
        ref Node input = ref _nodes[entry.A];
        if (input.Root != entry.A || input.GradientStamp == _stamp || !IsReadLast(entry))
            return GradientForWriting(entry.A, out accumulate);

        ref Node output = ref _nodes[entry.Output];
        (input.Gradient, input.GradientStamp) = (output.Gradient, _stamp);
        output.Gradient = default;
        accumulate = false;
        return input.Gradient;
    }

    // Whoever reads a result comes after its producer, and so before it on the way back; another producer may write to a part of it.
    private bool IsReadLast(in TapeEntry entry) => _nodes[entry.Output].Root == entry.Output && _nodes[entry.Output].Producers == 1;

    /// <summary>
    /// Whether the only consumer of this tensor may write the gradient before the producer's activation in one pass, and then that
    /// producing entry's index.
    /// </summary>
    internal bool TryFuseDerivative(int id, out int producer)
    {
        ref Node node = ref _nodes[id];
        producer = node.Producer;
        if (node.Root != id || node.Uses != 1 || producer < 0 || !_entries[producer].Operation.EndsInActivation)
            return false;
        node.FusedStamp = _stamp;
        return true;
    }

    internal bool IsDerivativeFused(int id) => _nodes[id].FusedStamp == _stamp;

    internal struct Node
    {
        public Matrix Value;
        public Matrix Gradient;
        public int Root;
        public int Producer;
        public int Producers;
        public int Uses;
        public int NeededStamp;
        public int GradientStamp;
        public int FusedStamp;

        /// <summary>Whether the value's memory has been given back, and its operation makes it anew where the way back reads it.</summary>
        public bool IsForgotten;
    }
}
