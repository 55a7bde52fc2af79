namespace Adversarial.Numerics;

/// <summary>The update of Adadelta (Zeiler 2012, algorithm 1).</summary>
public static class AdadeltaKernel
{
    /// <summary>
    /// a = rho a + (1 - rho) g², u = g sqrt(d + epsilon) / sqrt(a + epsilon), w -= learningRate * u, d = rho d + (1 - rho) u². It is the same on every
    /// instruction set.
    /// </summary>
    /// <param name="weights">The weights w.</param>
    /// <param name="gradients">Their gradients, of the same length.</param>
    /// <param name="squares">The averages of squared gradients, a, of the same length.</param>
    /// <param name="updates">The averages of squared updates, d, of the same length.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="rho">The decay of both averages, in [0, 1).</param>
    /// <param name="epsilon">Added under the roots, positive.</param>
    /// <exception cref="ArgumentException">Lengths differ or a number is out of range.</exception>
    public static void Update(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, Span<float> updates, float learningRate, float rho, float epsilon)
    {
        Guard.Same(gradients.Length, weights.Length, nameof(gradients));
        Guard.Same(squares.Length, weights.Length, nameof(squares));
        Guard.Same(updates.Length, weights.Length, nameof(updates));
        Guard.Same(rho is >= 0 and < 1, "Rho lies outside [0, 1).");
        for (int i = 0; i < weights.Length; i++)
        {
            float g = gradients[i];
            squares[i] = rho * squares[i] + (1 - rho) * g * g;
            float update = g * MathF.Sqrt((updates[i] + epsilon) / (squares[i] + epsilon));
            weights[i] -= learningRate * update;
            updates[i] = rho * updates[i] + (1 - rho) * update * update;
        }
    }
}
