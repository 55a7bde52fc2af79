using System.Runtime.CompilerServices;

namespace Adversarial.Neural;

/// <summary>A matrix [rows, columns] on a <see cref="Neural.Tape"/>: valid until the tape is reset.</summary>
public readonly struct Tensor
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Tensor(Tape tape, int id)
    {
        Tape = tape;
        Id = id;
    }

    /// <summary>The tape that holds the values and records what is done with them.</summary>
    public Tape Tape { get; }

    internal int Id { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Place.Rows;

    /// <summary>Number of columns.</summary>
    public int Columns => Place.Columns;

    /// <summary>Where the values stand.</summary>
    public Matrix Value => Place;

    /// <summary>The same without a copy: valid until the tape takes another tensor.</summary>
    internal ref readonly Matrix Place
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Tape.NodeOf(Id).Value;
    }

    /// <summary>Some of the rows, without copying; gradients flow through.</summary>
    public Tensor SliceRows(int start, int count) => Tape.View(this, start, count, 0, Columns);

    /// <summary>Some of the columns, without copying; gradients flow through.</summary>
    public Tensor SliceColumns(int start, int count) => Tape.View(this, 0, Rows, start, count);

    /// <summary>The same numbers in the same order in rows of another length, without copying; gradients flow through.</summary>
    /// <exception cref="ArgumentException">The number of elements is another, or there are gaps between the rows.</exception>
    public Tensor Reshape(int rows, int columns) => Tape.Reshape(this, rows, columns);

    /// <summary>The value of a 1 x 1 tensor.</summary>
    public double Scalar() => Rows == 1 && Columns == 1
        ? Tape.Device.ReadScalar(Value)
        : throw new InvalidOperationException($"A scalar was asked of a tensor of {Rows} x {Columns}.");

    /// <summary>The values, row-major.</summary>
    public float[] ToArray()
    {
        var values = new float[Rows * Columns];
        Tape.Device.Download(Value, values);
        return values;
    }

    /// <summary>Element by element sum.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => AddOperation.Apply(a, b, 1);

    /// <summary>Element by element difference.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => AddOperation.Apply(a, b, -1);

    /// <summary>Product with a number.</summary>
    public static Tensor operator *(float factor, Tensor a) => AffineOperation.Apply(a, factor, 0);

    /// <summary>Negation.</summary>
    public static Tensor operator -(Tensor a) => AffineOperation.Apply(a, -1, 0);

    /// <summary>Element by element product.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => MultiplyOperation.Apply(a, b);
}
