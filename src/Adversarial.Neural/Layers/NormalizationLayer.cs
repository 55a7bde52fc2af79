using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>What batch and layer normalisation share: a trained scale and shift of each column.</summary>
public abstract class NormalizationLayer : Layer
{
    // Scale and shift where they are not trained: no parameters, and the same in all models.
    private Storage? _constants;

    private protected NormalizationLayer(ParameterSet parameters, int width, float epsilon, long bufferCount = 0, bool affine = true)
        : base(parameters, affine ? 2L * width : 0, bufferCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!(epsilon > 0))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon is to be positive.");
        (Width, Epsilon, IsAffine) = (width, epsilon, affine);
    }

    /// <summary>Number of columns.</summary>
    public int Width { get; }

    /// <summary>Added to the variance under the root.</summary>
    public float Epsilon { get; }

    /// <summary>Whether scale and shift are trained; else they are 1 and 0.</summary>
    public bool IsAffine { get; }

    /// <summary>Factors of the normalised columns (gamma), [1, width]; 1 at first.</summary>
    public Matrix Scale => IsAffine ? Value(0, 1, Width) : Matrix.Row(Constants, 0, Width);

    /// <summary>Summands of the normalised columns (beta), [1, width]; 0 at first.</summary>
    public Matrix Shift => IsAffine ? Value(Width, 1, Width) : Matrix.Row(Constants, Width, Width);

    /// <summary>Gradient of the factors, where they are trained.</summary>
    public Matrix ScaleGradient => Gradient(0, 1, Width);

    /// <summary>Gradient of the summands, where they are trained.</summary>
    public Matrix ShiftGradient => Gradient(Width, 1, Width);

    /// <summary>Sets the factors to 1 and the summands to 0; nothing is drawn.</summary>
    public override void Initialize(RandomStream stream)
    {
        if (!IsAffine)
            return;
        Parameters.Device.Fill(Scale, 1);
        Parameters.Device.Fill(Shift, 0);
    }

    // Whole before it is seen: threads that score may come here at a time.
    private Storage Constants
    {
        get
        {
            if (_constants is { } made)
                return made;
            IDevice device = Parameters.Device;
            Storage storage = device.Allocate(2 * Width);
            device.Fill(Matrix.Row(storage, 0, Width), 1);
            device.Fill(Matrix.Row(storage, Width, Width), 0);
            return Interlocked.CompareExchange(ref _constants, storage, null) ?? storage;
        }
    }

    private protected void Check(Tensor x)
    {
        if (x.Columns != Width)
            throw new ArgumentException($"A normalisation of {Width} columns was given {x.Columns}.");
    }
}
