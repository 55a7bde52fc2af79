using Adversarial.Numerics;

namespace Adversarial.Neural;

public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public void MeanAndVariance(in Matrix x, bool ofRows, in Matrix mean, in Matrix variance)
    {
        for (int i = 0; i < (ofRows ? x.Rows : x.Columns); i++)
        {
            int count = ofRows ? x.Columns : x.Rows;
            double sum = 0, squares = 0;
            for (int k = 0; k < count; k++)
                sum += ofRows ? At(x, i, k) : At(x, k, i);
            At(mean, 0, i) = sum / count;
            for (int k = 0; k < count; k++)
                squares += Math.Pow((ofRows ? At(x, i, k) : At(x, k, i)) - sum / count, 2);
            At(variance, 0, i) = squares / count;
        }
    }

    /// <inheritdoc/>
    public void InverseRoot(in Matrix x, float epsilon, in Matrix y)
    {
        Matrix from = x;
        ForEach(y, false, (r, c) => 1 / Math.Sqrt(At(from, r, c) + epsilon));
    }

    private static double Normalized(in Matrix x, in Moments moments, int r, int c) =>
        (At(x, r, c) - At(moments.Mean, 0, moments.OfRows ? r : c)) * At(moments.Inverse, 0, moments.OfRows ? r : c);

    /// <inheritdoc/>
    public void Normalize(
        in Matrix x, in Moments moments, in Matrix scale, in Matrix shift, in Matrix y, Activation activation, in DropoutMask dropout)
    {
        (Matrix input, Moments m, Matrix factor, Matrix offset, DropoutMask mask) = (x, moments, scale, shift, dropout);
        ForEach(y, false, (r, c) =>
            Kept(mask, r, c) * Value(activation, At(factor, 0, c) * Normalized(input, m, r, c) + At(offset, 0, c)));
    }

    /// <inheritdoc/>
    public void NormalizeParameterGradient(in Matrix x, in Moments moments, in Matrix dy, in Matrix scaleGradient, in Matrix shiftGradient)
    {
        for (int c = 0; c < x.Columns; c++)
        {
            (double scale, double shift) = (0, 0);
            for (int r = 0; r < x.Rows; r++)
            {
                scale += At(dy, r, c) * Normalized(x, moments, r, c);
                shift += At(dy, r, c);
            }

            (At(scaleGradient, 0, c), At(shiftGradient, 0, c)) = (scale, shift);
        }
    }

    /// <inheritdoc/>
    public void NormalizeInputGradient(in Matrix x, in Moments moments, in Matrix scale, in Matrix dy,
        in Matrix scaleSums, in Matrix shiftSums, in Matrix dx, bool accumulate)
    {
        for (int r = 0; r < x.Rows; r++)
        {
            (double plain, double product) = (0, 0);
            for (int c = 0; moments.OfRows && c < x.Columns; c++)
            {
                double gradient = At(dy, r, c) * At(scale, 0, c) / x.Columns;
                plain += gradient;
                product += gradient * Normalized(x, moments, r, c);
            }

            for (int c = 0; c < x.Columns; c++)
            {
                if (!scaleSums.IsNone)
                    (plain, product) = (At(scale, 0, c) * At(shiftSums, 0, c) / x.Rows, At(scale, 0, c) * At(scaleSums, 0, c) / x.Rows);
                double value = At(dy, r, c) * At(scale, 0, c) - plain - Normalized(x, moments, r, c) * product;
                At(dx, r, c) = (accumulate ? At(dx, r, c) : 0) + value * At(moments.Inverse, 0, moments.OfRows ? r : c);
            }
        }
    }
}
