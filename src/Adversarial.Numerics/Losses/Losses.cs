namespace Adversarial.Numerics;

/// <summary>Losses as means over all elements of a matrix, and their gradients.</summary>
public static unsafe class Losses
{
    /// <summary>The mean loss, summed in double precision in a fixed order.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="x">The values, [rows, columns], at least one element.</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="targets">The targets, [rows, columns], or empty.</param>
    /// <param name="ldTargets">The row stride of the targets.</param>
    /// <param name="target">The target of all elements where <paramref name="targets"/> is empty.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <returns>The mean over all elements.</returns>
    /// <exception cref="ArgumentException">There is no element, or a span is too short for its shape.</exception>
    public static double Value(
        LossFunction loss, ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> targets, int ldTargets, float target, int rows, int columns)
    {
        Check(x, ldx, targets, ldTargets, rows, columns);
        double count = (double)rows * columns;
        if (Kernels.Active == InstructionSet.Reference)
            return LossReference.Value(loss, x, ldx, targets, ldTargets, target, rows, columns) / count;
        fixed (float* px = x, pt = targets)
        {
            MapArguments arguments = new() { X = px, XRow = ldx, Y = pt, YRow = ldTargets, Rows = rows, Columns = columns };
            return LossMaps.Sum(loss, arguments, target) / count;
        }
    }

    /// <summary>dx (+)= weight / (rows * columns) * d, with d the derivative of an element's loss with respect to x.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="x">The values, [rows, columns], at least one element.</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="targets">The targets, [rows, columns], or empty.</param>
    /// <param name="ldTargets">The row stride of the targets.</param>
    /// <param name="target">The target of all elements where <paramref name="targets"/> is empty.</param>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="dx">The result, [rows, columns]; may be x.</param>
    /// <param name="lddx">The row stride of dx.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">There is no element, or a span is too short for its shape.</exception>
    public static void Gradient(
        LossFunction loss, ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> targets, int ldTargets, float target, float weight,
        Span<float> dx, int lddx, int rows, int columns, bool accumulate)
    {
        Check(x, ldx, targets, ldTargets, rows, columns);
        Guard.Matrix(dx.Length, lddx, rows, columns, nameof(dx));
        float share = (float)(weight / ((double)rows * columns));
        if (Kernels.Active == InstructionSet.Reference)
        {
            LossReference.Gradient(loss, x, ldx, targets, ldTargets, target, share, dx, lddx, rows, columns, accumulate);
            return;
        }

        fixed (float* px = x, pt = targets, pdx = dx)
        {
            MapArguments arguments = new()
            {
                X = px,
                XRow = ldx,
                Y = pt,
                YRow = ldTargets,
                Result = pdx,
                ResultRow = lddx,
                Rows = rows,
                Columns = columns,
            };
            LossMaps.Gradient(loss, arguments, target, share, accumulate);
        }
    }

    private static void Check(ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> targets, int ldTargets, int rows, int columns)
    {
        Guard.Sizes(rows, columns);
        Guard.Same(rows > 0 && columns > 0, "The mean of no elements.");
        Guard.Matrix(x.Length, ldx, rows, columns, nameof(x));
        if (!targets.IsEmpty)
            Guard.Matrix(targets.Length, ldTargets, rows, columns, nameof(targets));
    }
}
