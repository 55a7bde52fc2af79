namespace Adversarial.Numerics;

/// <summary>
/// The matrix products as three plain loops. Each element is one chain of fused multiply-adds in ascending order of the summed
/// index; all other paths keep to that chain and so give the same bits.
/// </summary>
internal static class GemmReference
{
    public static void Forward(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> w, int ldw, ReadOnlySpan<float> bias, Span<float> y, int ldy,
        int rows, int inputs, int outputs, bool accumulate, Activation activation, ReadOnlySpan<uint> mask, float maskScale,
        ReadOnlySpan<float> scale)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int o = 0; o < outputs; o++)
            {
                float sum = accumulate ? y[r * ldy + o] : 0;
                for (int i = 0; i < inputs; i++)
                    sum = MathF.FusedMultiplyAdd(x[r * ldx + i], w[i * ldw + o], sum);
                if (!scale.IsEmpty || !bias.IsEmpty)
                    sum = MathF.FusedMultiplyAdd(sum, scale.IsEmpty ? 1 : scale[o], bias.IsEmpty ? 0 : bias[o]);
                sum = ActivationReference.Apply(activation, sum);
                if (!mask.IsEmpty)
                    sum = DropoutReference.Kept(mask, r, o, outputs) ? sum * maskScale : 0;
                y[r * ldy + o] = sum;
            }
        }
    }

    public static void InputGradient(
        ReadOnlySpan<float> dy, int lddy, ReadOnlySpan<float> w, int ldw, Span<float> dx, int lddx, int rows, int inputs, int outputs,
        bool accumulate, ReadOnlySpan<float> activated, int ldActivated, Activation activation, ReadOnlySpan<uint> mask, float maskScale)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int i = 0; i < inputs; i++)
            {
                float sum = accumulate ? dx[r * lddx + i] : 0;
                for (int o = 0; o < outputs; o++)
                    sum = MathF.FusedMultiplyAdd(dy[r * lddy + o], w[i * ldw + o], sum);
                if (!activated.IsEmpty)
                    sum = ActivationReference.Chain(sum, activated[r * ldActivated + i], activation, mask, maskScale, r, i, inputs);
                dx[r * lddx + i] = sum;
            }
        }
    }

    public static void WeightGradient(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> dy, int lddy, Span<float> dw, int lddw, Span<float> dBias,
        int rows, int inputs, int outputs, bool accumulate)
    {
        for (int i = 0; i < inputs; i++)
        {
            for (int o = 0; o < outputs; o++)
            {
                float sum = accumulate ? dw[i * lddw + o] : 0;
                for (int r = 0; r < rows; r++)
                    sum = MathF.FusedMultiplyAdd(x[r * ldx + i], dy[r * lddy + o], sum);
                dw[i * lddw + o] = sum;
            }
        }

        if (!dBias.IsEmpty)
            BiasGradient(dy, lddy, dBias, rows, outputs, accumulate);
    }

    public static void BiasGradient(ReadOnlySpan<float> dy, int lddy, Span<float> dBias, int rows, int outputs, bool accumulate)
    {
        for (int o = 0; o < outputs; o++)
        {
            // Four sums in turn: one chain of additions would be longer than the product itself for a narrow layer.
            float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            for (int r = 0; r < rows; r++)
            {
                ref float sum = ref (r & 3) == 0 ? ref s0 : ref (r & 3) == 1 ? ref s1 : ref (r & 3) == 2 ? ref s2 : ref s3;
                sum += dy[r * lddy + o];
            }

            float total = s0 + s1 + (s2 + s3);
            dBias[o] = accumulate ? dBias[o] + total : total;
        }
    }
}
