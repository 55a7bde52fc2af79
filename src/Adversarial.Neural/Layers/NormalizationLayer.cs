using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>What batch and layer normalisation share: a trained scale and shift of each column.</summary>
public abstract class NormalizationLayer : Layer
{
    private protected NormalizationLayer(ParameterSet parameters, int width, float epsilon, long bufferCount = 0)
        : base(parameters, 2L * width, bufferCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!(epsilon > 0))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon is to be positive.");
        (Width, Epsilon) = (width, epsilon);
    }

    /// <summary>Number of columns.</summary>
    public int Width { get; }

    /// <summary>Added to the variance under the root.</summary>
    public float Epsilon { get; }

    /// <summary>Factors of the normalised columns (gamma), [1, width]; 1 at first.</summary>
    public Matrix Scale => Value(0, 1, Width);

    /// <summary>Summands of the normalised columns (beta), [1, width]; 0 at first.</summary>
    public Matrix Shift => Value(Width, 1, Width);

    /// <summary>Gradient of the factors.</summary>
    public Matrix ScaleGradient => Gradient(0, 1, Width);

    /// <summary>Gradient of the summands.</summary>
    public Matrix ShiftGradient => Gradient(Width, 1, Width);

    /// <summary>Sets the factors to 1 and the summands to 0; nothing is drawn.</summary>
    public override void Initialize(RandomStream stream)
    {
        Parameters.Device.Fill(Scale, 1);
        Parameters.Device.Fill(Shift, 0);
    }

    private protected void Check(Tensor x)
    {
        if (x.Columns != Width)
            throw new ArgumentException($"A normalisation of {Width} columns was given {x.Columns}.");
    }
}
