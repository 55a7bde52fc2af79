using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>The squared error with a weight for each column: sum(w[c] * (x - target)^2) / rows.</summary>
public static unsafe class WeightedSquaredError
{
    // A multiple of what the sum takes at a time, so that only the last piece of a row is shorter.
    private const int Piece = 256;

    /// <summary>The weighted sum of squared differences over the number of rows, summed in double precision in a fixed order.</summary>
    /// <param name="x">The values, [rows, columns], at least one row.</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="targets">The targets, [rows, columns].</param>
    /// <param name="ldTargets">The row stride of the targets.</param>
    /// <param name="weights">The weights, one a column.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">There is no row, or a span is too short for its shape.</exception>
    [SkipLocalsInit]
    public static double Value(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> targets, int ldTargets, ReadOnlySpan<float> weights, int rows, int columns)
    {
        Check(x, ldx, targets, ldTargets, weights, rows, columns);
        double total = 0;
        if (Kernels.Active == InstructionSet.Reference)
        {
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    float difference = x[r * ldx + c] - targets[r * ldTargets + c];
                    total += (double)weights[c] * (difference * difference);
                }
            }

            return total / rows;
        }

        float* buffer = stackalloc float[Piece];
        fixed (float* px = x, pt = targets, pw = weights)
        {
            for (int r = 0; r < rows; r++)
            {
                DoubleSum sum = default;
                for (int c = 0; c < columns; c += Piece)
                {
                    MapArguments piece = Arguments(px + (nint)r * ldx + c, pt + (nint)r * ldTargets + c, buffer, Math.Min(columns - c, Piece));
                    Map.Run(piece, default(SquaredLoss));
                    sum.AddProducts(buffer, pw + c, piece.Columns);
                }

                total += sum.Total;
            }
        }

        return total / rows;
    }

    /// <summary>dx (+)= weight / rows * 2 w[c] (x - target).</summary>
    /// <param name="x">The values, [rows, columns], at least one row.</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="targets">The targets, [rows, columns].</param>
    /// <param name="ldTargets">The row stride of the targets.</param>
    /// <param name="weights">The weights, one a column.</param>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="dx">The result, [rows, columns].</param>
    /// <param name="lddx">The row stride of dx.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">There is no row, or a span is too short for its shape.</exception>
    [SkipLocalsInit]
    public static void Gradient(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> targets, int ldTargets, ReadOnlySpan<float> weights, float weight,
        Span<float> dx, int lddx, int rows, int columns, bool accumulate)
    {
        Check(x, ldx, targets, ldTargets, weights, rows, columns);
        Guard.Matrix(dx.Length, lddx, rows, columns, nameof(dx));
        float share = (float)(weight / (double)rows);
        if (Kernels.Active == InstructionSet.Reference)
        {
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    float slope = 2 * (x[r * ldx + c] - targets[r * ldTargets + c]) * weights[c];
                    dx[r * lddx + c] = MathF.FusedMultiplyAdd(share, slope, accumulate ? dx[r * lddx + c] : 0);
                }
            }

            return;
        }

        float* buffer = stackalloc float[Piece];
        fixed (float* px = x, pt = targets, pw = weights, pdx = dx)
        {
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c += Piece)
                {
                    int count = Math.Min(columns - c, Piece);
                    Map.Run(Arguments(px + (nint)r * ldx + c, pt + (nint)r * ldTargets + c, buffer, count), default(SquaredSlope));
                    MapArguments piece = Arguments(buffer, pw + c, pdx + (nint)r * lddx + c, count);
                    if (accumulate)
                        Map.Run(piece, new WeightedSum<MultiplyOperator>(default, share));
                    else
                        Map.Run(piece, new Weighted<MultiplyOperator>(default, share));
                }
            }
        }
    }

    private static MapArguments Arguments(float* x, float* y, float* result, int columns) =>
        new() { X = x, XRow = columns, Y = y, YRow = columns, Result = result, ResultRow = columns, Rows = 1, Columns = columns };

    private static void Check(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> targets, int ldTargets, ReadOnlySpan<float> weights, int rows, int columns)
    {
        Guard.Sizes(rows, columns);
        Guard.Same(rows > 0, "The mean of no rows.");
        Guard.Matrix(x.Length, ldx, rows, columns, nameof(x));
        Guard.Matrix(targets.Length, ldTargets, rows, columns, nameof(targets));
        Guard.Same(weights.Length, columns, nameof(weights));
    }
}
