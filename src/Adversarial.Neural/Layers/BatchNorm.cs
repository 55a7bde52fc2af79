using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015): in training each column is brought to mean 0 and variance 1 over the rows of the batch,
/// in scoring by running averages of these statistics, so that there a row depends on no other; then it is scaled and shifted.
/// </summary>
public sealed class BatchNorm : NormalizationLayer
{
    /// <summary>Adds a layer to the parameters of a network that is not yet complete.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="width">The number of columns, at least 1.</param>
    /// <param name="momentum">Weight of a new batch in the running statistics, above 0 and at most 1: PyTorch's convention, one less Keras'.</param>
    /// <param name="epsilon">Added to the variance, positive.</param>
    /// <param name="affine">Whether the columns are scaled and shifted by trained numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="InvalidOperationException">The network is complete.</exception>
    public BatchNorm(ParameterSet parameters, int width, float momentum = 0.1f, float epsilon = 1e-5f, bool affine = true)
        : base(parameters, width, epsilon, 2L * width, affine)
    {
        if (momentum is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "The momentum is to lie above 0 and not above 1.");
        Momentum = momentum;
    }

    /// <summary>Weight of a new batch in the running statistics.</summary>
    public float Momentum { get; }

    /// <summary>Running average of the means, [1, width]; 0 at first.</summary>
    public Matrix RunningMean => Buffer(0, Width);

    /// <summary>Running average of the unbiased variances, [1, width]; 1 at first.</summary>
    public Matrix RunningVariance => Buffer(Width, Width);

    /// <summary>Sets the factors to 1, the summands to 0, and the running statistics to those of a standard normal law.</summary>
    public override void Initialize(RandomStream stream)
    {
        base.Initialize(stream);
        Parameters.Device.Fill(RunningMean, 0);
        Parameters.Device.Fill(RunningVariance, 1);
    }

    /// <summary>
    /// dropout(activation(scale * (x - mean) / sqrt(variance + epsilon) + shift)); no <paramref name="noise"/> means no dropout.
    /// With <paramref name="training"/> the statistics are the batch's, and the running ones take them in; gradient flows through them. A
    /// batch of one row has no variance: it is taken by the running statistics and leaves them as they are.
    /// </summary>
    public Tensor Forward(
        Tensor x, Activation activation, bool training, float dropout = 0, NoiseSource? noise = null, Tensor? into = null)
    {
        Check(x);
        IDevice device = x.Tape.Device;
        var moments = new Moments(x.Tape.AllocateRaw(2, Width), OfRows: false);
        bool ofBatch = training && x.Rows > 1;
        if (ofBatch)
        {
            device.MeanAndVariance(x.Value, ofRows: false, moments.Mean, moments.Inverse);
            Follow(device, RunningMean, moments.Mean, 1);
            Follow(device, RunningVariance, moments.Inverse, x.Rows / (x.Rows - 1f));
            device.InverseRoot(moments.Inverse, Epsilon, moments.Inverse);
        }
        else
        {
            // A copy, since a later pass of the same step may move the running statistics before the way back reads them.
            device.Add(RunningMean, 1, moments.Mean, accumulate: false);
            device.InverseRoot(RunningVariance, Epsilon, moments.Inverse);
        }

        return NormalizationOperation.Apply(this, x, moments, constant: !ofBatch, activation, dropout, noise, into);
    }

    // Scoring takes the root of it.
    internal override string? FindUnsoundBuffer()
    {
        var variance = new float[Width];
        Parameters.Device.Download(RunningVariance, variance);
        int column = Array.FindIndex(variance, value => value < 0);
        return column < 0 ? null : $"column {column} of a batch normalisation has the variance {variance[column]}";
    }

    /// <summary>What scoring does to a column, as one factor and one summand: both [1, width].</summary>
    internal (Matrix Scale, Matrix Shift) Affine(Tape tape)
    {
        IDevice device = tape.Device;
        (Matrix scale, Matrix shift) = (tape.AllocateRaw(1, Width), tape.AllocateRaw(1, Width));
        device.InverseRoot(RunningVariance, Epsilon, scale);
        device.Multiply(scale, Scale, scale, accumulate: false);
        device.Multiply(RunningMean, scale, shift, accumulate: false);
        device.Add(shift, -1, shift, accumulate: false);
        device.Add(Shift, 1, shift, accumulate: true);
        return (scale, shift);
    }

    private void Follow(IDevice device, in Matrix running, in Matrix batch, float factor)
    {
        device.Add(running, 1 - Momentum, running, accumulate: false);
        device.Add(batch, Momentum * factor, running, accumulate: true);
    }
}
