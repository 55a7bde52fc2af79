using System.Runtime.CompilerServices;

namespace Adversarial.Neural;

/// <summary>A block of numbers that belongs to one device. What it holds (floats, doubles, device memory) is the device's affair.</summary>
public abstract class Storage
{
    /// <summary>Number of elements.</summary>
    public abstract int Length { get; }
}

/// <summary>A row-major matrix inside a <see cref="Storage"/>: element (r, c) stands at <c>Offset + r * Stride + c</c>.</summary>
public readonly struct Matrix
{
    /// <summary>Makes a view of <paramref name="rows"/> x <paramref name="columns"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Matrix(Storage storage, int offset, int rows, int columns, int stride)
    {
        Storage = storage;
        Offset = offset;
        Rows = rows;
        Columns = columns;
        Stride = stride;
    }

    /// <summary>The memory, or null for "no matrix".</summary>
    public Storage Storage { get; }

    /// <summary>Index of element (0, 0).</summary>
    public int Offset { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Distance of two rows, in elements; at least <see cref="Columns"/>.</summary>
    public int Stride { get; }

    /// <summary>True for the default value, which stands for "none".</summary>
    public bool IsNone => Storage is null;

    /// <summary>Elements from the first to the last one, gaps between rows included.</summary>
    public int Extent => Rows == 0 ? 0 : (Rows - 1) * Stride + Columns;

    /// <summary>The part that begins at (<paramref name="row"/>, <paramref name="column"/>).</summary>
    public Matrix Slice(int row, int rows, int column, int columns) =>
        new(Storage, Offset + row * Stride + column, rows, columns, Stride);

    /// <summary>The whole of a storage, or its first elements, as one row.</summary>
    public static Matrix Row(Storage storage, int offset, int length) => new(storage, offset, 1, length, length);
}
