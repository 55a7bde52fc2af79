namespace Adversarial.Numerics;

/// <summary>Normalisation as plain loops. Columns' sums are the same chains as those of the vectors; rows' sums go in ascending order.</summary>
internal static unsafe class NormalizationReference
{
    public static void ColumnMoments(ReadOnlySpan<float> x, int ldx, int rows, int columns, Span<float> mean, Span<float> variance)
    {
        fixed (float* px = x)
        {
            for (int c = 0; c < columns; c++)
                (mean[c], variance[c]) = Moments(px + c, ldx, rows);
        }
    }

    public static void RowMoments(ReadOnlySpan<float> x, int ldx, int rows, int columns, Span<float> mean, Span<float> variance)
    {
        fixed (float* px = x)
        {
            for (int r = 0; r < rows; r++)
                (mean[r], variance[r]) = Moments(px + (nint)r * ldx, 1, columns);
        }
    }

    /// <summary>Mean and variance of so many elements, a step apart.</summary>
    public static (float Mean, float Variance) Moments(float* x, nint step, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += x[i * step];
        double mean = sum / count;
        sum = 0;
        for (int i = 0; i < count; i++)
        {
            double difference = x[i * step] - mean;
            sum += difference * difference;
        }

        return ((float)mean, (float)(sum / count));
    }

    public static void Apply(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, bool ofRows,
        ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> y, int ldy, int rows, int columns,
        Activation activation, ReadOnlySpan<uint> mask, float maskScale)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                int i = ofRows ? r : c;
                float value = MathF.FusedMultiplyAdd((x[r * ldx + c] - mean[i]) * inverse[i], scale[c], shift[c]);
                value = ActivationReference.Apply(activation, value);
                if (!mask.IsEmpty)
                    value = DropoutReference.Kept(mask, r, c, columns) ? value * maskScale : 0;
                y[r * ldy + c] = value;
            }
        }
    }

    public static void ParameterGradient(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, bool ofRows,
        ReadOnlySpan<float> dy, int lddy, int rows, int columns, Span<float> scaleGradient, Span<float> shiftGradient)
    {
        for (int c = 0; c < columns; c++)
        {
            double scale = 0, shift = 0;
            for (int r = 0; r < rows; r++)
            {
                int i = ofRows ? r : c;
                float normalized = (x[r * ldx + c] - mean[i]) * inverse[i];
                shift += dy[r * lddy + c];
                scale += (double)dy[r * lddy + c] * normalized;
            }

            (scaleGradient[c], shiftGradient[c]) = ((float)scale, (float)shift);
        }
    }

    public static void InputGradient(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, bool ofRows, ReadOnlySpan<float> scale,
        ReadOnlySpan<float> dy, int lddy, ReadOnlySpan<float> scaleSums, ReadOnlySpan<float> shiftSums, Span<float> dx, int lddx,
        int rows, int columns, bool accumulate)
    {
        float share = (float)(1.0 / rows);
        for (int r = 0; r < rows; r++)
        {
            double plainSum = 0, productSum = 0;
            for (int c = 0; ofRows && c < columns; c++)
            {
                double product = (double)dy[r * lddy + c] * scale[c];
                plainSum += product;
                productSum += product * ((x[r * ldx + c] - (double)mean[r]) * inverse[r]);
            }

            for (int c = 0; c < columns; c++)
            {
                int i = ofRows ? r : c;
                float gradient = dy[r * lddy + c] * scale[c];
                if (ofRows || !scaleSums.IsEmpty)
                {
                    float plain = ofRows ? (float)(plainSum / columns) : shiftSums[c] * share * scale[c];
                    float product = ofRows ? (float)(productSum / columns) : scaleSums[c] * share * scale[c];
                    gradient = gradient - plain - (x[r * ldx + c] - mean[i]) * inverse[i] * product;
                }

                gradient *= inverse[i];
                dx[r * lddx + c] = accumulate ? dx[r * lddx + c] + gradient : gradient;
            }
        }
    }
}
