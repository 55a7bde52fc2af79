using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// The plainest possible device, in double precision: the oracle of gradient checks and of the fast devices. Random numbers are the same
/// single-precision streams as elsewhere.
/// </summary>
public sealed partial class ReferenceDevice : IDevice
{
    private sealed class DoubleStorage(int length) : Storage
    {
        public readonly double[] Values = new double[length];

        public override int Length => Values.Length;
    }

    private static ref double At(in Matrix m, int r, int c) => ref ((DoubleStorage)m.Storage).Values[m.Offset + r * m.Stride + c];

    private static void ForEach(in Matrix y, bool accumulate, Func<int, int, double> value)
    {
        for (int r = 0; r < y.Rows; r++)
        {
            for (int c = 0; c < y.Columns; c++)
                At(y, r, c) = (accumulate ? At(y, r, c) : 0) + value(r, c);
        }
    }

    /// <summary>Reads one element in full precision.</summary>
    public static double Read(in Matrix m, int row, int column) => At(m, row, column);

    /// <summary>Writes one element in full precision.</summary>
    public static void Write(in Matrix m, int row, int column, double value) => At(m, row, column) = value;

    /// <inheritdoc/>
    public Storage Allocate(int length) => new DoubleStorage(length);

    /// <inheritdoc/>
    public void Upload(ReadOnlySpan<float> source, in Matrix destination)
    {
        for (int i = 0; i < destination.Rows * destination.Columns; i++)
            At(destination, i / destination.Columns, i % destination.Columns) = source[i];
    }

    /// <inheritdoc/>
    public void Download(in Matrix source, Span<float> destination)
    {
        for (int i = 0; i < source.Rows * source.Columns; i++)
            destination[i] = (float)At(source, i / source.Columns, i % source.Columns);
    }

    /// <inheritdoc/>
    public double ReadScalar(in Matrix source) => At(source, 0, 0);

    /// <inheritdoc/>
    public void Fill(in Matrix y, float value) => ForEach(y, false, (_, _) => value);

    /// <inheritdoc/>
    public void Add(in Matrix x, float scale, in Matrix y, bool accumulate)
    {
        Matrix from = x;
        ForEach(y, accumulate, (r, c) => scale * At(from, r, c));
    }

    /// <inheritdoc/>
    public void Multiply(in Matrix a, in Matrix b, in Matrix y, bool accumulate)
    {
        (Matrix left, Matrix right) = (a, b);
        ForEach(y, accumulate, (r, c) => At(left, r, c) * At(right, r, c));
    }

    /// <inheritdoc/>
    public void Clamp(in Matrix x, float low, float high)
    {
        Matrix m = x;
        ForEach(x, false, (r, c) => Math.Clamp(At(m, r, c), low, high));
    }

    /// <inheritdoc/>
    public void Linear(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, bool accumulate, Activation activation,
        in DropoutMask dropout)
    {
        (Matrix input, Matrix w, Matrix factor, Matrix b, Matrix result, DropoutMask mask) = (x, weights, scale, bias, y, dropout);
        ForEach(y, false, (r, c) =>
        {
            double sum = accumulate ? At(result, r, c) : 0;
            for (int k = 0; k < w.Rows; k++)
                sum += At(input, r, k) * At(w, k, c);
            sum = sum * (factor.IsNone ? 1 : At(factor, 0, c)) + (b.IsNone ? 0 : At(b, 0, c));
            return Kept(mask, r, c) * Value(activation, sum);
        });
    }

    /// <inheritdoc/>
    public void LinearInputGradient(in Matrix dy, in Matrix weights, in Matrix dx, bool accumulate,
        in Matrix activated, Activation activation, in DropoutMask dropout)
    {
        (Matrix upstream, Matrix w, Matrix output, DropoutMask mask) = (dy, weights, activated, dropout);
        ForEach(dx, accumulate, (r, c) =>
        {
            double sum = 0;
            for (int k = 0; k < w.Columns; k++)
                sum += At(upstream, r, k) * At(w, c, k);
            return output.IsNone ? sum : sum * Derivative(activation, mask, output, r, c);
        });
    }

    /// <inheritdoc/>
    public void LinearWeightGradient(in Matrix x, in Matrix dy, in Matrix weightGradient, in Matrix biasGradient, bool accumulate)
    {
        (Matrix input, Matrix upstream) = (x, dy);
        ForEach(weightGradient, accumulate, (i, j) =>
        {
            double sum = 0;
            for (int r = 0; r < input.Rows; r++)
                sum += At(input, r, i) * At(upstream, r, j);
            return sum;
        });
        ForEach(biasGradient, accumulate, (_, j) =>
        {
            double sum = 0;
            for (int r = 0; r < upstream.Rows; r++)
                sum += At(upstream, r, j);
            return sum;
        });
    }

    /// <inheritdoc/>
    public void Activate(in Matrix x, in Matrix y, Activation activation)
    {
        Matrix input = x;
        ForEach(y, false, (r, c) => Value(activation, At(input, r, c)));
    }

    /// <inheritdoc/>
    public void ActivateGradient(in Matrix y, in Matrix dy, in Matrix dx, bool accumulate, Activation activation, in DropoutMask dropout)
    {
        (Matrix output, Matrix upstream, DropoutMask mask) = (y, dy, dropout);
        ForEach(dx, accumulate, (r, c) => At(upstream, r, c) * Derivative(activation, mask, output, r, c));
    }

    /// <inheritdoc/>
    public void Drop(in Matrix x, in Matrix y, in DropoutMask dropout)
    {
        (Matrix input, DropoutMask mask) = (x, dropout);
        ForEach(y, false, (r, c) => Kept(mask, r, c) * At(input, r, c));
    }

    /// <inheritdoc/>
    public void RowDistance(in Matrix a, in Matrix b, in Matrix y, bool euclidean)
    {
        (Matrix left, Matrix right) = (a, b);
        ForEach(y, false, (r, _) =>
        {
            double sum = 0;
            for (int c = 0; c < left.Columns; c++)
            {
                double difference = At(left, r, c) - (right.IsNone ? 0 : At(right, r, c));
                sum += euclidean ? difference * difference : Math.Abs(difference);
            }

            return euclidean ? Math.Sqrt(sum) : sum;
        });
    }

    private static double Kept(in DropoutMask mask, int r, int c) =>
        mask.Bits.IsNone ? 1 : ((uint)At(mask.Bits, r, c / 32) >> (c % 32) & 1) * (double)mask.Scale;

    private static double Value(Activation activation, double x) => activation.Kind switch
    {
        ActivationKind.Identity => x,
        ActivationKind.Relu => Math.Max(x, 0),
        ActivationKind.LeakyRelu => x > 0 ? x : activation.Slope * x,
        ActivationKind.Sigmoid => 1 / (1 + Math.Exp(-x)),
        ActivationKind.Exp => Math.Exp(x),
        ActivationKind.Softplus => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        _ => Math.Tanh(x),
    };

    // The derivative is read off the output, so the output before dropout has to be recovered first.
    private static double Derivative(Activation activation, in DropoutMask mask, in Matrix output, int r, int c)
    {
        double kept = Kept(mask, r, c);
        if (kept == 0)
            return 0;
        double y = At(output, r, c) / kept;
        return kept * activation.Kind switch
        {
            ActivationKind.Identity => 1,
            ActivationKind.Relu => y > 0 ? 1 : 0,
            ActivationKind.LeakyRelu => y > 0 ? 1 : activation.Slope,
            ActivationKind.Sigmoid => y * (1 - y),
            ActivationKind.Exp => y,
            ActivationKind.Softplus => 1 - Math.Exp(-y),
            _ => 1 - y * y,
        };
    }
}
