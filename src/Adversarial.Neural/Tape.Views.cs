namespace Adversarial.Neural;

/// <content>Tensors over the memory of others.</content>
public sealed partial class Tape
{
    internal Tensor View(Tensor of, int row, int rows, int column, int columns)
    {
        if (row < 0 || rows < 0 || row + rows > of.Rows || column < 0 || columns < 0 || column + columns > of.Columns)
            throw new ArgumentOutOfRangeException(nameof(of), $"[{row}+{rows}, {column}+{columns}] lies outside {of.Rows} x {of.Columns}.");
        int root = NodeOf(of.Id).Root;
        _nodes[root].Uses += 2;
        return Add(of.Value.Slice(row, rows, column, columns), root);
    }

    internal Tensor Reshape(Tensor of, int rows, int columns)
    {
        Matrix value = of.Value;
        int root = NodeOf(of.Id).Root;
        if (rows < 0 || columns < 0 || (long)rows * columns != (long)value.Rows * value.Columns)
            throw new ArgumentException($"{value.Rows} x {value.Columns} elements do not make {rows} x {columns}.", nameof(of));
        if (value.Stride != value.Columns || _nodes[root].Value.Stride != _nodes[root].Value.Columns)
            throw new ArgumentException("A matrix with gaps between its rows is not reshaped.", nameof(of));
        return Add(new Matrix(value.Storage, value.Offset, rows, columns, columns), root);
    }
}
