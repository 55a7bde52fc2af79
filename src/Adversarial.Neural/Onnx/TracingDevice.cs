using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// Computes as <see cref="CpuDevice"/> does and writes what it does with given rows to an <see cref="OnnxGraph"/>, a node or some for each
/// operation. What does not depend on the rows (weights, what is made of them, draws) becomes a constant of the graph. It has the forward
/// operations that scores are made of; gradients of the rows, losses and decisions by their values are refused.
/// </summary>
public sealed partial class TracingDevice : IDevice
{
    private readonly CpuDevice _inner = new();
    private readonly OnnxGraph _graph;
    private readonly TracedMemory _memory;

    private TracingDevice(OnnxGraph graph, int batch)
    {
        _graph = graph;
        _memory = new TracedMemory(graph, batch);
    }

    /// <summary>Writes what a function makes of rows, whatever their number.</summary>
    /// <param name="graph">Where it is written.</param>
    /// <param name="rows">The rows, [N, columns].</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="function">Gives as many rows as it is given, each by the row of its place alone. It is called three times.</param>
    /// <returns>What the function gives.</returns>
    /// <exception cref="NotSupportedException">The function is made of more than forward operations, or a row's result depends on the others.</exception>
    public static OnnxValue Trace(OnnxGraph graph, OnnxValue rows, int columns, Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(function);

        // Equal nodes and constants for different numbers of rows: then they do not depend on the number.
        if (!DescriptionFor(3, columns, function).SequenceEqual(DescriptionFor(5, columns, function)))
            throw new NotSupportedException("The score's computation depends on the number of rows, and is not exported.");
        return Trace(graph, rows, batch: 3, columns, function);
    }

    private static IEnumerable<string> DescriptionFor(int batch, int columns, Func<Tensor, Tensor> function)
    {
        var graph = new OnnxGraph();
        Trace(graph, graph.AddInput("rows", columns), batch, columns, function);
        return graph.Description;
    }

    private static OnnxValue Trace(OnnxGraph graph, OnnxValue rows, int batch, int columns, Func<Tensor, Tensor> function)
    {
        var device = new TracingDevice(graph, batch);
        var tape = new Tape(device, recording: false);
        Tensor features = tape.Constant(new float[batch * columns], batch, columns);
        device._memory.Write(features.Value, rows);
        Matrix result = function(features).Value;
        return result.Rows == batch && device._memory.Holds(result)
            ? device._memory.Read(result)
            : throw new NotSupportedException($"The score of {batch} rows is {result.Rows} x {result.Columns} and depends on none of them; it is not exported.");
    }

    // Weights and the like, as they are.
    private OnnxValue Constant(in Matrix matrix)
    {
        float[] values = ValuesOf(matrix);
        return _graph.Constant(values, matrix.Rows, matrix.Columns);
    }

    private float[] ValuesOf(in Matrix matrix)
    {
        if (_memory.Holds(matrix))
            throw Refused("a computation in which rows stand for weights");
        var values = new float[matrix.Rows * matrix.Columns];
        _inner.Download(matrix, values);
        return values;
    }

    // Rows, or constants beside rows: these are the same in each, or it could not be said how they go on.
    private OnnxValue Rows(in Matrix matrix)
    {
        if (_memory.Holds(matrix))
            return _memory.Read(matrix);
        float[] values = ValuesOf(matrix);
        for (int r = 1; r < matrix.Rows; r++)
        {
            if (!values.AsSpan(r * matrix.Columns, matrix.Columns).SequenceEqual(values.AsSpan(0, matrix.Columns)))
                throw Refused("constants that differ from row to row");
        }

        return _graph.Constant(values.AsSpan(0, matrix.Columns), 1, matrix.Columns);
    }

    private bool Reads(in Matrix a, in Matrix b = default, in Matrix c = default) => _memory.Holds(a) || _memory.Holds(b) || _memory.Holds(c);

    private void Write(in Matrix matrix, OnnxValue? value)
    {
        if (value is { } written)
            _memory.Write(matrix, written);
        else
            _memory.Forget(matrix);
    }

    private static NotSupportedException Refused(string what) => new($"A score with {what} is not exported: an ONNX graph has no place for it.");

    private void Refuse(string what, in Matrix a, in Matrix b = default, in Matrix c = default)
    {
        if (Reads(a, b, c))
            throw Refused(what);
    }
}
