namespace Adversarial.Numerics;

/// <summary>The functions that the kernels can apply to a result while it is still in registers or in the first cache.</summary>
public enum ActivationKind : byte
{
    /// <summary>y = x.</summary>
    Identity,

    /// <summary>y = max(x, 0).</summary>
    Relu,

    /// <summary>y = x for positive x, else slope * x.</summary>
    LeakyRelu,

    /// <summary>y = 1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>y = tanh(x).</summary>
    Tanh,

    /// <summary>y = exp(x).</summary>
    Exp,

    /// <summary>y = log(1 + exp(x)).</summary>
    Softplus,
}

/// <summary>An activation function whose derivative can be read off its own result.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Slope">For <see cref="ActivationKind.LeakyRelu"/> the slope below zero, at least 0; else without meaning.</param>
public readonly record struct Activation(ActivationKind Kind, float Slope = 0)
{
    /// <summary>Whether the leaky rectifier is max(x, slope * x).</summary>
    internal bool IsMaximum => Slope is >= 0 and <= 1;

    /// <summary>y = x.</summary>
    public static Activation Identity => new(ActivationKind.Identity);

    /// <summary>y = max(x, 0); derivative 0 at 0.</summary>
    public static Activation Relu => new(ActivationKind.Relu);

    /// <summary>y = 1 / (1 + exp(-x)).</summary>
    public static Activation Sigmoid => new(ActivationKind.Sigmoid);

    /// <summary>y = tanh(x).</summary>
    public static Activation Tanh => new(ActivationKind.Tanh);

    /// <summary>y = exp(x); infinite above 88.7.</summary>
    public static Activation Exp => new(ActivationKind.Exp);

    /// <summary>y = log(1 + exp(x)); its derivative is the sigmoid.</summary>
    public static Activation Softplus => new(ActivationKind.Softplus);

    /// <summary>y = x for positive x, else slope * x; derivative <paramref name="slope"/> at 0.</summary>
    /// <param name="slope">The slope below zero; not negative, because the derivative is read off the sign of the result.</param>
    /// <returns>The activation.</returns>
    public static Activation LeakyRelu(float slope) => new(ActivationKind.LeakyRelu, slope);
}
