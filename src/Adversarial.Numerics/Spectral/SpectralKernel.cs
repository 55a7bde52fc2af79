namespace Adversarial.Numerics;

/// <summary>
/// Spectral normalisation (Miyato, Kataoka, Koyama and Yoshida 2018): a matrix divided by its largest singular value, as power iteration
/// estimates it. Composed of the other kernels, and so the same bits on every vector width; one thread.
/// </summary>
public static class SpectralKernel
{
    // Keeps a matrix of zeros from being divided by 0.
    private const double Smallest = 1e-12;

    /// <summary>
    /// The left vector of W and u, v = W u / |W u|; with <paramref name="iterate"/> then u = Wᵀ v / |Wᵀ v|. The singular value is the norm
    /// that was divided by last, v · W u, and <paramref name="normalized"/> is W over it.
    /// </summary>
    /// <param name="weights">The matrix W, [inputs, outputs] without gaps.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="u">The right vector, one element an output, of norm 1.</param>
    /// <param name="iterate">Whether u is brought forward.</param>
    /// <param name="v">The left vector, one element an input.</param>
    /// <param name="normalized">W over the singular value, [inputs, outputs] without gaps.</param>
    /// <returns>The singular value, positive.</returns>
    /// <exception cref="ArgumentException">A span has not the length of its shape.</exception>
    public static float Normalize(
        ReadOnlySpan<float> weights, int inputs, int outputs, Span<float> u, bool iterate, Span<float> v, Span<float> normalized)
    {
        Check(weights, inputs, outputs, u, v);
        Guard.Same(normalized.Length, weights.Length, nameof(normalized));
        for (int i = 0; i < inputs; i++)
            v[i] = (float)Reductions.Dot(weights.Slice(i * outputs, outputs), u);
        float sigma = Unit(v);
        if (iterate)
        {
            u.Clear();
            for (int i = 0; i < inputs; i++)
                Elementwise.Add(weights.Slice(i * outputs, outputs), outputs, v[i], u, outputs, 1, outputs);
            sigma = Unit(u);
        }

        weights.CopyTo(normalized);
        Elementwise.Scale(normalized, normalized.Length, 1, normalized.Length, 1 / sigma);
        return sigma;
    }

    /// <summary>
    /// The gradient of W from that of the normalised matrix, u and v counting as constants:
    /// dW (+)= (G - sum(G * normalized) v uᵀ) / sigma, since the singular value v · W u has the derivative v uᵀ.
    /// </summary>
    /// <param name="gradient">The gradient G of the normalised matrix, [inputs, outputs] without gaps.</param>
    /// <param name="normalized">The normalised matrix.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="u">The right vector that it was normalised with.</param>
    /// <param name="v">The left vector.</param>
    /// <param name="sigma">The singular value, positive.</param>
    /// <param name="weightGradient">The result dW, [inputs, outputs] without gaps.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <exception cref="ArgumentException">A span has not the length of its shape.</exception>
    public static void Gradient(
        ReadOnlySpan<float> gradient, ReadOnlySpan<float> normalized, int inputs, int outputs, ReadOnlySpan<float> u, ReadOnlySpan<float> v,
        float sigma, Span<float> weightGradient, bool accumulate)
    {
        Check(gradient, inputs, outputs, u, v);
        Guard.Same(normalized.Length, gradient.Length, nameof(normalized));
        Guard.Same(weightGradient.Length, gradient.Length, nameof(weightGradient));
        double along = Reductions.Dot(gradient, normalized);
        if (!accumulate)
            weightGradient.Clear();
        Elementwise.Add(gradient, gradient.Length, 1 / sigma, weightGradient, gradient.Length, 1, gradient.Length);
        for (int i = 0; i < inputs; i++)
            Elementwise.Add(u, outputs, (float)(-along * v[i] / sigma), weightGradient.Slice(i * outputs, outputs), outputs, 1, outputs);
    }

    // To norm 1; the norm it had.
    private static float Unit(Span<float> vector)
    {
        double norm = Math.Max(Math.Sqrt(Reductions.SumOfSquares(vector)), Smallest);
        Elementwise.Scale(vector, vector.Length, 1, vector.Length, (float)(1 / norm));
        return (float)norm;
    }

    private static void Check(ReadOnlySpan<float> matrix, int inputs, int outputs, ReadOnlySpan<float> u, ReadOnlySpan<float> v)
    {
        Guard.Sizes(inputs, outputs);
        Guard.Same(matrix.Length, checked(inputs * outputs), nameof(matrix));
        Guard.Same(u.Length, outputs, nameof(u));
        Guard.Same(v.Length, inputs, nameof(v));
    }
}
