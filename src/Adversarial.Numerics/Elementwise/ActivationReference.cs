namespace Adversarial.Numerics;

/// <summary>Activations and their derivatives, one element at a time.</summary>
internal static class ActivationReference
{
    public static float Apply(Activation activation, float x) => activation.Kind switch
    {
        ActivationKind.Relu => x <= 0 ? 0 : x,
        ActivationKind.LeakyRelu => x <= 0 ? x * activation.Slope : x,
        ActivationKind.Sigmoid => Sigmoid(x),
        ActivationKind.Tanh => MathF.Tanh(x),
        ActivationKind.Exp => MathF.Exp(x),
        ActivationKind.Softplus => Softplus(x),
        _ => x,
    };

    /// <summary>The derivative, read off the activation's result.</summary>
    public static float Derivative(Activation activation, float y) => activation.Kind switch
    {
        ActivationKind.Relu => y <= 0 ? 0 : 1,
        ActivationKind.LeakyRelu => y <= 0 ? activation.Slope : 1,
        ActivationKind.Sigmoid => y * (1 - y),
        ActivationKind.Tanh => 1 - y * y,
        ActivationKind.Exp => y,
        ActivationKind.Softplus => 1 - MathF.Exp(-y),
        _ => 1,
    };

    // exp of the negative magnitude alone never overflows, and keeps the small end's relative accuracy.
    public static float Sigmoid(float x)
    {
        float e = MathF.Exp(-MathF.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    // In double precision 1 + exp(x) keeps what a single holds of a small exp(x).
    private static float Softplus(float x) => float.IsNaN(x) ? x : (float)(Math.Max(x, 0.0) + Math.Log(1 + Math.Exp(-Math.Abs((double)x))));

    public static void Forward(ReadOnlySpan<float> x, int ldx, Span<float> y, int ldy, int rows, int columns, Activation activation)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                y[r * ldy + c] = Apply(activation, x[r * ldx + c]);
        }
    }

    public static void Backward(
        ReadOnlySpan<float> dy, int lddy, ReadOnlySpan<float> y, int ldy, Span<float> dx, int lddx, int rows, int columns,
        Activation activation, ReadOnlySpan<uint> mask, float maskScale, bool accumulate)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                float value = Chain(dy[r * lddy + c], y[r * ldy + c], activation, mask, maskScale, r, c, columns);
                dx[r * lddx + c] = accumulate ? dx[r * lddx + c] + value : value;
            }
        }
    }

    /// <summary>A gradient taken back through dropout and activation; the activated value stands after the dropout.</summary>
    public static float Chain(
        float gradient, float activated, Activation activation, ReadOnlySpan<uint> mask, float maskScale, int row, int column, int columns)
    {
        if (mask.IsEmpty)
            return gradient * Derivative(activation, activated);
        return DropoutReference.Kept(mask, row, column, columns)
            ? gradient * maskScale * Derivative(activation, activated * (1 / maskScale))
            : 0;
    }
}
