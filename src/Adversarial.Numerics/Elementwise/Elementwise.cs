namespace Adversarial.Numerics;

/// <summary>Plain arithmetic on vectors and on row-major matrices with a row stride.</summary>
public static unsafe class Elementwise
{
    /// <summary>Sets all elements.</summary>
    /// <param name="y">The elements.</param>
    /// <param name="value">The value.</param>
    public static void Fill(Span<float> y, float value) => y.Fill(value);

    /// <summary>Sets all elements of a matrix.</summary>
    /// <param name="y">The matrix, [rows, columns].</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void Fill(Span<float> y, int ldy, int rows, int columns, float value)
    {
        Guard.Sizes(rows, columns);
        Guard.Matrix(y.Length, ldy, rows, columns, nameof(y));
        if (columns == 0)
            return;
        for (int r = 0; r < rows; r++)
            y.Slice(r * ldy, columns).Fill(value);
    }

    /// <summary>y = x.</summary>
    /// <param name="x">The source, [rows, columns].</param>
    /// <param name="ldx">The row stride of x; 0 repeats the first row.</param>
    /// <param name="y">The target, [rows, columns].</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void Copy(ReadOnlySpan<float> x, int ldx, Span<float> y, int ldy, int rows, int columns)
    {
        Check(x, ldx, y, ldy, rows, columns);
        if (columns == 0)
            return;
        for (int r = 0; r < rows; r++)
            x.Slice(r * ldx, columns).CopyTo(y.Slice(r * ldy, columns));
    }

    /// <summary>y += scale * x.</summary>
    /// <param name="x">The source, [rows, columns].</param>
    /// <param name="ldx">The row stride of x; 0 repeats the first row.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="y">The target, [rows, columns]; may be x.</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void Add(ReadOnlySpan<float> x, int ldx, float scale, Span<float> y, int ldy, int rows, int columns)
    {
        Check(x, ldx, y, ldy, rows, columns);
        if (rows == 0 || columns == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            ElementwiseReference.Add(x, ldx, scale, y, ldy, rows, columns);
            return;
        }

        fixed (float* px = x, py = y)
        {
            MapArguments arguments = new() { X = px, XRow = ldx, Result = py, ResultRow = ldy, Rows = rows, Columns = columns };
            Map.Run(arguments, new AddOperator(scale));
        }
    }

    /// <summary>z = x * y, or with <paramref name="accumulate"/> z += x * y, element by element.</summary>
    /// <param name="x">The one factor, [rows, columns].</param>
    /// <param name="ldx">The row stride of x; 0 repeats the first row.</param>
    /// <param name="y">The other factor, [rows, columns].</param>
    /// <param name="ldy">The row stride of y; 0 repeats the first row.</param>
    /// <param name="z">The result, [rows, columns]; may be a factor.</param>
    /// <param name="ldz">The row stride of z.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void Multiply(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> y, int ldy, Span<float> z, int ldz, int rows, int columns, bool accumulate)
    {
        Check(x, ldx, z, ldz, rows, columns);
        Check(y, ldy, z, ldz, rows, columns);
        if (rows == 0 || columns == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            ElementwiseReference.Multiply(x, ldx, y, ldy, z, ldz, rows, columns, accumulate);
            return;
        }

        fixed (float* px = x, py = y, pz = z)
        {
            MapArguments arguments = new()
            {
                X = px,
                XRow = ldx,
                Y = py,
                YRow = ldy,
                Result = pz,
                ResultRow = ldz,
                Rows = rows,
                Columns = columns,
            };
            if (accumulate)
                Map.Run(arguments, new Accumulated<MultiplyOperator>(default));
            else
                Map.Run(arguments, default(MultiplyOperator));
        }
    }

    /// <summary>Limits y to [low, high] in place; NaN stays NaN.</summary>
    /// <param name="y">The matrix, [rows, columns].</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound, at least <paramref name="low"/>.</param>
    /// <exception cref="ArgumentException">The span is too short for its shape, or the bounds are not in order.</exception>
    public static void Clamp(Span<float> y, int ldy, int rows, int columns, float low, float high)
    {
        Check(y, ldy, y, ldy, rows, columns);
        Guard.Same(low <= high, "The bounds are not in order.");
        if (rows == 0 || columns == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            ElementwiseReference.Clamp(y, ldy, rows, columns, low, high);
            return;
        }

        fixed (float* py = y)
        {
            MapArguments arguments = new() { X = py, XRow = ldy, Result = py, ResultRow = ldy, Rows = rows, Columns = columns };
            Map.Run(arguments, new ClampOperator(low, high));
        }
    }

    /// <summary>y *= scale.</summary>
    /// <param name="y">The matrix, [rows, columns].</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="scale">The factor.</param>
    /// <exception cref="ArgumentException">The span is too short for its shape.</exception>
    public static void Scale(Span<float> y, int ldy, int rows, int columns, float scale)
    {
        Check(y, ldy, y, ldy, rows, columns);
        if (rows == 0 || columns == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            ElementwiseReference.Scale(y, ldy, rows, columns, scale);
            return;
        }

        fixed (float* py = y)
        {
            MapArguments arguments = new() { X = py, XRow = ldy, Result = py, ResultRow = ldy, Rows = rows, Columns = columns };
            Map.Run(arguments, new ScaleOperator(scale));
        }
    }

    private static void Check(ReadOnlySpan<float> x, int ldx, Span<float> y, int ldy, int rows, int columns)
    {
        Guard.Sizes(rows, columns);
        // A row stride of 0 makes all rows one: a broadcast.
        Guard.Matrix(x.Length, ldx == 0 ? columns : ldx, ldx == 0 ? Math.Min(rows, 1) : rows, columns, nameof(x));
        Guard.Matrix(y.Length, ldy, rows, columns, nameof(y));
    }
}
