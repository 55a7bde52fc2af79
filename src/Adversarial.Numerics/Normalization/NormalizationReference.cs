namespace Adversarial.Numerics;

/// <summary>Normalisation as plain loops. Columns' sums are the same chains as those of the vectors; rows' sums go in ascending order.</summary>
internal static unsafe class NormalizationReference
{
    public static void ColumnMoments(ReadOnlySpan<float> x, int ldx, int rows, int columns, Span<float> mean, Span<float> variance)
    {
        fixed (float* px = x)
        {
            for (int c = 0; c < columns; c++)
                (mean[c], variance[c]) = ColumnMoments(px + c, ldx, rows);
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

    /// <summary>
    /// Mean and variance of a column whose elements lie a step apart. Four elements are summed in single precision, and these sums in double;
    /// the differences are those from the mean as it is rounded, which the variance then is corrected for.
    /// </summary>
    public static (float Mean, float Variance) ColumnMoments(float* x, nint step, int count)
    {
        int fours = count & ~3;
        double sum = 0;
        for (int i = 0; i < fours; i += 4)
            sum += x[i * step] + x[(i + 1) * step] + (x[(i + 2) * step] + x[(i + 3) * step]);
        for (int i = fours; i < count; i++)
            sum += x[i * step];
        double mean = sum / count;
        float center = (float)mean;
        sum = 0;
        for (int i = 0; i < fours; i += 4)
        {
            float squares = Difference(i) * Difference(i);
            for (int j = i + 1; j < i + 4; j++)
                squares = MathF.FusedMultiplyAdd(Difference(j), Difference(j), squares);
            sum += squares;
        }

        for (int i = fours; i < count; i++)
            sum += Difference(i) * Difference(i);
        return (center, (float)Math.Max(0, sum / count - (mean - center) * (mean - center)));

        float Difference(int i) => x[i * step] - center;
    }

    // In double precision throughout.
    private static (float Mean, float Variance) Moments(float* x, nint step, int count)
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
                float difference = x[r * ldx + c] - mean[i];
                float value = ofRows
                    ? MathF.FusedMultiplyAdd(difference * inverse[i], scale[c], shift[c])
                    : MathF.FusedMultiplyAdd(difference, scale[c] * inverse[i], shift[c]);
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
        fixed (float* px = x, pMean = mean, pInverse = inverse, pdy = dy)
        {
            for (int c = 0; c < columns; c++)
            {
                int statistic = ofRows ? 0 : c;
                (scaleGradient[c], shiftGradient[c]) = ColumnGradient(
                    px + c, ldx, pdy + c, lddy, pMean + statistic, pInverse + statistic, ofRows ? 1 : 0, rows);
            }
        }
    }

    /// <summary>A column's sums of dy * (x - mean) * inverse and of dy: of four rows in single precision, and of these sums in double.</summary>
    public static (float Scale, float Shift) ColumnGradient(
        float* x, nint xStep, float* dy, nint dyStep, float* mean, float* inverse, nint statisticStep, int count)
    {
        double scale = 0, shift = 0;
        for (int first = 0, length; first < count; first += length)
        {
            length = first + 4 <= count ? 4 : 1;
            float plain = 0, product = 0;
            for (int i = first; i < first + length; i++)
            {
                float normalized = (x[i * xStep] - mean[i * statisticStep]) * inverse[i * statisticStep], gradient = dy[i * dyStep];
                plain = i == first ? gradient : plain + gradient;
                product = i == first ? gradient * normalized : MathF.FusedMultiplyAdd(gradient, normalized, product);
            }

            shift += plain;
            scale += product;
        }

        return ((float)scale, (float)shift);
    }

    public static void InputGradient(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, bool ofRows, ReadOnlySpan<float> scale,
        ReadOnlySpan<float> dy, int lddy, ReadOnlySpan<float> scaleSums, ReadOnlySpan<float> shiftSums, Span<float> dx, int lddx,
        int rows, int columns, bool accumulate)
    {
        float share = (float)(-1.0 / rows);
        for (int r = 0; r < rows; r++)
        {
            (float plain, float product) = ofRows ? Shares(r, x, dy, mean[r], inverse[r], scale) : default;
            for (int c = 0; c < columns; c++)
            {
                float gradient = dy[r * lddy + c], difference = x[r * ldx + c] - mean[ofRows ? r : c], factor = scale[c] * inverse[ofRows ? r : c];
                if (ofRows)
                    gradient = (gradient * scale[c] - plain - difference * inverse[r] * product) * inverse[r];
                else if (scaleSums.IsEmpty)
                    gradient *= factor;
                else
                    gradient = MathF.FusedMultiplyAdd(
                        difference, factor * share * inverse[c] * scaleSums[c], MathF.FusedMultiplyAdd(gradient, factor, factor * share * shiftSums[c]));
                dx[r * lddx + c] = accumulate ? dx[r * lddx + c] + gradient : gradient;
            }
        }

        // The row's mean gradient, and its mean product with the normalised values.
        (float Plain, float Product) Shares(
            int r, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, double mean, double inverse, ReadOnlySpan<float> scale)
        {
            double plain = 0, product = 0;
            for (int c = 0; c < columns; c++)
            {
                double gradient = (double)dy[r * lddy + c] * scale[c];
                plain += gradient;
                product += gradient * ((x[r * ldx + c] - mean) * inverse);
            }

            return ((float)(plain / columns), (float)(product / columns));
        }
    }
}
