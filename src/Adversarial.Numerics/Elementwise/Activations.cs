namespace Adversarial.Numerics;

/// <summary>Activation functions on row-major matrices, and their way back.</summary>
public static unsafe class Activations
{
    /// <summary>y = activation(x).</summary>
    /// <param name="x">The matrix, [rows, columns].</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="y">The result, [rows, columns]; may be x.</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="activation">The function.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void Forward(
        ReadOnlySpan<float> x, int ldx, Span<float> y, int ldy, int rows, int columns, Activation activation, WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Guard.Sizes(rows, columns);
        Guard.Matrix(x.Length, ldx, rows, columns, nameof(x));
        Guard.Matrix(y.Length, ldy, rows, columns, nameof(y));
        if (rows == 0 || columns == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            ActivationReference.Forward(x, ldx, y, ldy, rows, columns, activation);
            return;
        }

        fixed (float* px = x, py = y)
        {
            MapArguments arguments = new() { X = px, XRow = ldx, Result = py, ResultRow = ldy, Rows = rows, Columns = columns };
            ActivationMaps.Forward(arguments, activation, 1, gang);
        }
    }

    /// <summary>
    /// dx (+)= dy * activation'(.), the derivative read off the activation's result. With a mask, <paramref name="y"/> holds what
    /// dropout made of that result (it is divided by the scale again), and the gradient passes the mask and its scale too.
    /// </summary>
    /// <param name="y">The activated values, [rows, columns].</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="dy">The gradient with respect to y, [rows, columns].</param>
    /// <param name="lddy">The row stride of dy.</param>
    /// <param name="dx">The gradient with respect to the activation's argument, [rows, columns]; may be dy.</param>
    /// <param name="lddx">The row stride of dx.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="activation">The function.</param>
    /// <param name="mask">The dropout mask, or empty.</param>
    /// <param name="maskScale">The factor that kept elements were multiplied with; not 0.</param>
    /// <param name="accumulate">Whether the result is added to dx.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void Backward(
        ReadOnlySpan<float> y, int ldy, ReadOnlySpan<float> dy, int lddy, Span<float> dx, int lddx, int rows, int columns,
        Activation activation, ReadOnlySpan<uint> mask, float maskScale, bool accumulate, WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Guard.Sizes(rows, columns);
        Guard.Matrix(dy.Length, lddy, rows, columns, nameof(dy));
        Guard.Matrix(y.Length, ldy, rows, columns, nameof(y));
        Guard.Matrix(dx.Length, lddx, rows, columns, nameof(dx));
        Guard.Mask(mask.Length, rows, columns);
        if (rows == 0 || columns == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            ActivationReference.Backward(dy, lddy, y, ldy, dx, lddx, rows, columns, activation, mask, maskScale, accumulate);
            return;
        }

        fixed (float* pdy = dy, py = y, pdx = dx)
        fixed (uint* pMask = mask)
        {
            MapArguments arguments = new()
            {
                X = pdy,
                XRow = lddy,
                Y = py,
                YRow = ldy,
                Result = pdx,
                ResultRow = lddx,
                Mask = pMask,
                Rows = rows,
                Columns = columns,
            };
            ActivationMaps.Backward(arguments, activation, maskScale, accumulate, gang);
        }
    }
}
