namespace Adversarial.Numerics;

/// <summary>
/// The three matrix products of a dense layer on row-major matrices with a row stride ("leading dimension", in elements).
/// Each element of a result is one chain of fused multiply-adds in ascending order of the summed index, so a row's result does not
/// depend on the rows beside it, on their number, on the thread count or on the instruction set.
/// </summary>
public static unsafe class Gemm
{
    /// <summary>
    /// Y = dropout(activation(scale * (X W) + bias)), or with <paramref name="accumulate"/> Y = dropout(activation(scale * (Y + X W) + bias)).
    /// </summary>
    /// <param name="x">The inputs X, [rows, inputs].</param>
    /// <param name="ldx">The row stride of X.</param>
    /// <param name="w">The weights W, [inputs, outputs].</param>
    /// <param name="ldw">The row stride of W.</param>
    /// <param name="bias">The bias, [outputs], or empty for none.</param>
    /// <param name="y">The result Y, [rows, outputs]; must not overlap the other arguments.</param>
    /// <param name="ldy">The row stride of Y.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="mask">The dropout mask of [rows, outputs] (see <see cref="Dropout"/>), or empty for none.</param>
    /// <param name="maskScale">The factor of the elements that the mask keeps.</param>
    /// <param name="gang">The threads to use.</param>
    /// <param name="accumulate">Whether the product is added to Y before bias and activation.</param>
    /// <param name="scale">A factor for each output, [outputs], or empty for none.</param>
    /// <param name="packed">Where a copy of W in the order of its use is kept for the next product of this W; or null.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void Forward(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> w, int ldw, ReadOnlySpan<float> bias, Span<float> y, int ldy,
        int rows, int inputs, int outputs, Activation activation, ReadOnlySpan<uint> mask, float maskScale, WorkerGang gang,
        bool accumulate = false, ReadOnlySpan<float> scale = default, PackedWeights? packed = null) =>
        ForwardByCopy(x, ldx, w, ldw, bias, y, ldy, rows, inputs, outputs, activation, mask, maskScale, gang, accumulate, scale, packed, copy: null);

    // The same with what GemmDispatch.CopyForAll made of the weights, or null.
    internal static void ForwardByCopy(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> w, int ldw, ReadOnlySpan<float> bias, Span<float> y, int ldy,
        int rows, int inputs, int outputs, Activation activation, ReadOnlySpan<uint> mask, float maskScale, WorkerGang gang,
        bool accumulate, ReadOnlySpan<float> scale, PackedWeights? packed, float* copy)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Guard.Sizes(rows, inputs);
        Guard.Sizes(rows, outputs);
        Guard.Matrix(x.Length, ldx, rows, inputs, nameof(x));
        Guard.Matrix(w.Length, ldw, inputs, outputs, nameof(w));
        Guard.Matrix(y.Length, ldy, rows, outputs, nameof(y));
        Guard.Mask(mask.Length, rows, outputs);
        if (!bias.IsEmpty)
            Guard.Length(bias.Length, outputs, nameof(bias));
        if (!scale.IsEmpty)
            Guard.Length(scale.Length, outputs, nameof(scale));
        if (rows == 0 || outputs == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            GemmReference.Forward(x, ldx, w, ldw, bias, y, ldy, rows, inputs, outputs, accumulate, activation, mask, maskScale, scale);
            return;
        }

        fixed (float* px = x, pw = w, pScale = scale, pBias = bias, py = y)
        fixed (uint* pMask = mask)
        {
            Product product = new()
            {
                A = px,
                ARow = ldx,
                AStep = 1,
                B = pw,
                BStep = ldw,
                Copy = copy,
                IsCopied = copy != null,
                C = py,
                CRow = ldy,
                Rows = rows,
                Columns = outputs,
                Depth = inputs,
                Load = accumulate,
                Scale = pScale,
                Bias = pBias,
                Activation = activation,
                Mask = pMask,
                MaskScale = maskScale,
            };
            GemmDispatch.Run(in product, gang, packed);
        }
    }

    /// <summary>
    /// dX = dY W^T, or with <paramref name="accumulate"/> dX += dY W^T. When <paramref name="activated"/> is given, all of the result
    /// (what was there before included) is then taken back through the previous layer's dropout and activation: it is multiplied by
    /// mask, scale and the activation's derivative. <paramref name="activated"/> holds the values after the dropout, as the
    /// previous layer's forward left them.
    /// </summary>
    /// <param name="dy">The gradient dY, [rows, outputs].</param>
    /// <param name="lddy">The row stride of dY.</param>
    /// <param name="w">The weights W, [inputs, outputs].</param>
    /// <param name="ldw">The row stride of W.</param>
    /// <param name="dx">The result dX, [rows, inputs]; must not overlap the other arguments.</param>
    /// <param name="lddx">The row stride of dX.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="accumulate">Whether the product is added to dX.</param>
    /// <param name="activated">The previous layer's result (this layer's X), [rows, inputs], or empty.</param>
    /// <param name="ldActivated">The row stride of <paramref name="activated"/>.</param>
    /// <param name="activation">The previous layer's activation; without meaning when <paramref name="activated"/> is empty.</param>
    /// <param name="mask">The previous layer's dropout mask of [rows, inputs], or empty.</param>
    /// <param name="maskScale">The factor of the elements that the mask keeps; not 0.</param>
    /// <param name="scratch">At least <see cref="InputGradientScratch"/> elements.</param>
    /// <param name="gang">The threads to use.</param>
    /// <param name="packed">Where a copy of W in the order of its use is kept for the next input gradient of this W; or null.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void InputGradient(
        ReadOnlySpan<float> dy, int lddy, ReadOnlySpan<float> w, int ldw, Span<float> dx, int lddx, int rows, int inputs, int outputs,
        bool accumulate, ReadOnlySpan<float> activated, int ldActivated, Activation activation, ReadOnlySpan<uint> mask,
        float maskScale, Span<float> scratch, WorkerGang gang, PackedWeights? packed = null) =>
        InputGradientByCopy(dy, lddy, w, ldw, dx, lddx, rows, inputs, outputs, accumulate, activated, ldActivated, activation, mask, maskScale, scratch, gang, packed, copy: null);

    // The same with what GemmDispatch.CopyForAll made of the weights, or null.
    internal static void InputGradientByCopy(
        ReadOnlySpan<float> dy, int lddy, ReadOnlySpan<float> w, int ldw, Span<float> dx, int lddx, int rows, int inputs, int outputs,
        bool accumulate, ReadOnlySpan<float> activated, int ldActivated, Activation activation, ReadOnlySpan<uint> mask,
        float maskScale, Span<float> scratch, WorkerGang gang, PackedWeights? packed, float* copy)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Guard.Sizes(rows, inputs);
        Guard.Sizes(rows, outputs);
        Guard.Matrix(dy.Length, lddy, rows, outputs, nameof(dy));
        Guard.Matrix(w.Length, ldw, inputs, outputs, nameof(w));
        Guard.Matrix(dx.Length, lddx, rows, inputs, nameof(dx));
        Guard.Length(scratch.Length, InputGradientScratch(inputs, outputs), nameof(scratch));
        if (!activated.IsEmpty)
        {
            Guard.Matrix(activated.Length, ldActivated, rows, inputs, nameof(activated));
            Guard.Mask(mask.Length, rows, inputs);
        }

        if (rows == 0 || inputs == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            GemmReference.InputGradient(
                dy, lddy, w, ldw, dx, lddx, rows, inputs, outputs, accumulate, activated, ldActivated, activation, mask, maskScale);
            return;
        }

        fixed (float* pdy = dy, pw = w, pdx = dx, pActivated = activated)
        fixed (uint* pMask = mask)
        {
            Product product = new()
            {
                A = pdy,
                ARow = lddy,
                AStep = 1,
                B = pw,
                BStep = ldw,
                BTransposed = true,
                Copy = copy,
                IsCopied = copy != null,
                C = pdx,
                CRow = lddx,
                Rows = rows,
                Columns = inputs,
                Depth = outputs,
                Load = accumulate,
                Mask = pActivated == null ? null : pMask,
                MaskScale = maskScale,
                Activated = pActivated,
                ActivatedRow = ldActivated,
                ActivatedBy = activation,
            };
            GemmDispatch.Run(in product, gang, packed);
        }
    }

    /// <summary>The number of scratch elements that <see cref="InputGradient"/> needs.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <returns>The number of elements; may be 0.</returns>
    public static int InputGradientScratch(int inputs, int outputs) => 0;

    /// <summary>dW = X^T dY and dBias = column sums of dY, or with <paramref name="accumulate"/> added to what is there.</summary>
    /// <param name="x">The inputs X, [rows, inputs].</param>
    /// <param name="ldx">The row stride of X.</param>
    /// <param name="dy">The gradient dY, [rows, outputs].</param>
    /// <param name="lddy">The row stride of dY.</param>
    /// <param name="dw">The result dW, [inputs, outputs]; must not overlap the other arguments.</param>
    /// <param name="lddw">The row stride of dW.</param>
    /// <param name="dBias">The column sums of dY, [outputs], or empty where they are not wanted.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="accumulate">Whether the results are added to dW and dBias.</param>
    /// <param name="scratch">At least <see cref="WeightGradientScratch"/> elements.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void WeightGradient(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> dy, int lddy, Span<float> dw, int lddw, Span<float> dBias,
        int rows, int inputs, int outputs, bool accumulate, Span<float> scratch, WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Guard.Sizes(rows, inputs);
        Guard.Sizes(rows, outputs);
        Guard.Matrix(x.Length, ldx, rows, inputs, nameof(x));
        Guard.Matrix(dy.Length, lddy, rows, outputs, nameof(dy));
        Guard.Matrix(dw.Length, lddw, inputs, outputs, nameof(dw));
        Guard.Length(scratch.Length, WeightGradientScratch(rows, inputs, outputs), nameof(scratch));
        if (!dBias.IsEmpty)
            Guard.Length(dBias.Length, outputs, nameof(dBias));
        if (outputs == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            GemmReference.WeightGradient(x, ldx, dy, lddy, dw, lddw, dBias, rows, inputs, outputs, accumulate);
            return;
        }

        fixed (float* px = x, pdy = dy, pdw = dw, pdBias = dBias, pScratch = scratch)
        {
            WeightGradientDispatch.Run(px, ldx, pdy, lddy, pdw, lddw, pdBias, rows, inputs, outputs, accumulate, pScratch, gang);
        }
    }

    /// <summary>The number of scratch elements that <see cref="WeightGradient"/> needs.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <returns>The number of elements; may be 0.</returns>
    public static int WeightGradientScratch(int rows, int inputs, int outputs) =>
        WeightGradientDispatch.IsTurned(inputs, outputs) ? inputs * outputs : 0;
}
