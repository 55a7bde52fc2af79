using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>Centre and radius of the sphere around the codes of normal rows: computed, not trained.</summary>
internal sealed class Hypersphere : Network
{
    // No coordinate of the centre is closer to 0: a network without biases gives 0 by giving nothing.
    private const float LeastCoordinate = 0.1f;

    private readonly KeptNumbers _numbers;
    private readonly int _dimension;

    public Hypersphere(IDevice device, int dimension)
        : base(device, "sphere")
    {
        _dimension = dimension;
        _numbers = new KeptNumbers(Parameters, dimension + 1);
        Complete();
    }

    /// <summary>[1, dimension]; 0 until it is placed.</summary>
    public Matrix Center => _numbers.Values.Slice(0, 1, 0, _dimension);

    /// <summary>The radius, 1 x 1; 0 at first.</summary>
    public Matrix Radius => _numbers.Values.Slice(0, 1, _dimension, 1);

    public override void Initialize(NoiseSource noise) => _numbers.Initialize(default);

    /// <summary>Whether the centre has been placed, in this fit or in the one that a checkpoint is of.</summary>
    public bool IsPlaced
    {
        get
        {
            var center = new float[_dimension];
            Parameters.Device.Download(Center, center);
            return Array.Exists(center, value => value != 0);
        }
    }

    /// <summary>Puts the centre at the mean code of the training rows.</summary>
    public void Place(RowNetwork encoder, TrainingData data)
    {
        RowCodes.MeanOf(encoder, data.Scaling, data.Rows, r => data.TrainingRow(r), Center);
        var center = new float[_dimension];
        Parameters.Device.Download(Center, center);
        for (int i = 0; i < center.Length; i++)
        {
            if (Math.Abs(center[i]) < LeastCoordinate)
                center[i] = center[i] < 0 ? -LeastCoordinate : LeastCoordinate;
        }

        Parameters.Device.Upload(center, Center);
    }

    /// <summary>Sets the radius to a quantile of the roots of squared distances, between two of them by a line.</summary>
    public void SetRadius(Span<float> squaredDistances, double quantile)
    {
        squaredDistances.Sort();
        double at = quantile * (squaredDistances.Length - 1);
        int below = (int)at, above = Math.Min(below + 1, squaredDistances.Length - 1);
        double low = Math.Sqrt(squaredDistances[below]), high = Math.Sqrt(squaredDistances[above]);
        Span<float> radius = [(float)(low + (at - below) * (high - low))];
        Parameters.Device.Upload(radius, Radius);
    }

    /// <summary>The radius squared.</summary>
    public float SquaredRadius
    {
        get
        {
            Span<float> radius = stackalloc float[1];
            Parameters.Device.Download(Radius, radius);
            return radius[0] * radius[0];
        }
    }
}
