namespace Adversarial.Neural;

/// <summary>Settings of Adam (Kingma and Ba 2015). The defaults are the paper's, with Keras' epsilon.</summary>
/// <param name="LearningRate">Step size, above 0.</param>
/// <param name="Beta1">Decay of the first moment, in [0, 1).</param>
/// <param name="Beta2">Decay of the second moment, in [0, 1).</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
public readonly record struct AdamSettings(float LearningRate, float Beta1 = 0.9f, float Beta2 = 0.999f, float Epsilon = 1e-7f);

/// <summary>Adam over the parameters of one or several networks, with optional clipping.</summary>
public sealed class Adam : Optimizer
{
    /// <summary>Makes an optimiser with fresh moments.</summary>
    public Adam(AdamSettings settings, params ReadOnlySpan<Network> networks)
        : base(networks) => Settings = settings;

    /// <summary>The settings; the learning rate may change between steps.</summary>
    public AdamSettings Settings { get; set; }

    /// <summary>Largest global norm of the gradients (all networks together); longer gradients are scaled down. Null: no limit.</summary>
    public float? ClipNorm { get; init; }

    /// <summary>Weights are clamped to [-value, value] after each step (Arjovsky et al. 2017). Null: no limit.</summary>
    public float? ClipWeights { get; init; }

    /// <summary>Added to the gradients, times the weights: the gradient of half of it times the sum of the squares of all weights. At least 0.</summary>
    public float WeightDecay { get; init; }

    private protected override void Apply()
    {
        if (WeightDecay > 0)
        {
            foreach (ParameterSet set in Parameters)
                set.Device.Add(set.Values, WeightDecay, set.Gradients, accumulate: true);
        }

        float scale = GradientScale();
        for (int i = 0; i < Parameters.Length; i++)
        {
            ParameterSet set = Parameters[i];
            set.Device.Adam(set.Values, set.Gradients, FirstMoment(i), SecondMoment(i), Settings, Step, scale);
            if (ClipWeights is { } limit)
                set.Device.Clamp(set.Values, -limit, limit);
        }
    }

    private float GradientScale()
    {
        if (ClipNorm is not { } limit)
            return 1;
        double squares = 0;
        foreach (ParameterSet set in Parameters)
            squares += set.Device.SumOfSquares(set.Gradients);
        double norm = Math.Sqrt(squares);
        return norm > limit ? (float)(limit / norm) : 1;
    }
}
