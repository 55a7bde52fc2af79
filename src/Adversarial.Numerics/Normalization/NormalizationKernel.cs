namespace Adversarial.Numerics;

/// <summary>
/// Batch and layer normalisation (Ioffe and Szegedy 2015; Ba, Kiros and Hinton 2016): y = scale * (x - mean) / deviation + shift, mean and
/// deviation being a column's over the rows or a row's over the columns. Sums are in double precision, each in one fixed order.
/// </summary>
public static unsafe class NormalizationKernel
{
    /// <summary>Each column's mean and variance (the mean of the squared differences) over the rows.</summary>
    /// <param name="x">The matrix, [rows, columns], at least one row.</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="mean">The means, one a column.</param>
    /// <param name="variance">The variances, one a column.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">There is no row, or a span is too short for its shape.</exception>
    public static void ColumnMoments(
        ReadOnlySpan<float> x, int ldx, int rows, int columns, Span<float> mean, Span<float> variance, WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Guard.Sizes(rows, columns);
        Guard.Same(rows > 0, "The mean of no rows.");
        Guard.Matrix(x.Length, ldx, rows, columns, nameof(x));
        Guard.Length(mean.Length, columns, nameof(mean));
        Guard.Length(variance.Length, columns, nameof(variance));
        if (Kernels.Active == InstructionSet.Reference)
        {
            NormalizationReference.ColumnMoments(x, ldx, rows, columns, mean, variance);
            return;
        }

        fixed (float* px = x, pMean = mean, pVariance = variance)
        {
            ColumnMomentsJob job = new() { X = px, XRow = ldx, Rows = rows, Mean = pMean, Variance = pVariance };
            ColumnChains.Run(job, rows, columns, gang);
        }
    }

    /// <summary>Each row's mean and variance (the mean of the squared differences) over the columns.</summary>
    /// <param name="x">The matrix, [rows, columns], at least one column.</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="mean">The means, one a row.</param>
    /// <param name="variance">The variances, one a row.</param>
    /// <exception cref="ArgumentException">There is no column, or a span is too short for its shape.</exception>
    public static void RowMoments(ReadOnlySpan<float> x, int ldx, int rows, int columns, Span<float> mean, Span<float> variance)
    {
        Guard.Sizes(rows, columns);
        Guard.Same(columns > 0, "The mean of no columns.");
        Guard.Matrix(x.Length, ldx, rows, columns, nameof(x));
        Guard.Length(mean.Length, rows, nameof(mean));
        Guard.Length(variance.Length, rows, nameof(variance));
        if (Kernels.Active == InstructionSet.Reference)
        {
            NormalizationReference.RowMoments(x, ldx, rows, columns, mean, variance);
            return;
        }

        fixed (float* px = x)
        {
            for (int r = 0; r < rows; r++)
            {
                double center = RowSums.Sum(px + (nint)r * ldx, columns) / columns;
                mean[r] = (float)center;
                variance[r] = (float)(RowSums.SquaredDifferences(px + (nint)r * ldx, columns, center) / columns);
            }
        }
    }

    /// <summary>y = 1 / sqrt(x + epsilon).</summary>
    /// <param name="x">The variances, not negative.</param>
    /// <param name="epsilon">What keeps a variance of 0 from giving infinity.</param>
    /// <param name="y">The result, of the same length; may be x.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void InverseRoot(ReadOnlySpan<float> x, float epsilon, Span<float> y)
    {
        Guard.Same(y.Length, x.Length, nameof(y));
        for (int i = 0; i < y.Length; i++)
            y[i] = (float)(1 / Math.Sqrt((double)x[i] + epsilon));
    }

    /// <summary>y = dropout(activation(scale * (x - mean) * inverse + shift)); a row's result depends on no other row.</summary>
    /// <param name="x">The matrix, [rows, columns].</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="mean">The means, one a column or, with <paramref name="ofRows"/>, one a row.</param>
    /// <param name="inverse">One over the deviations, as many.</param>
    /// <param name="ofRows">Whether means and deviations are those of the rows.</param>
    /// <param name="scale">The factors, one a column.</param>
    /// <param name="shift">The summands, one a column.</param>
    /// <param name="y">The result, [rows, columns].</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="activation">The function applied to the result.</param>
    /// <param name="mask">The dropout mask, or empty.</param>
    /// <param name="maskScale">The factor of the elements that the mask keeps.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void Apply(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, bool ofRows,
        ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> y, int ldy, int rows, int columns,
        Activation activation, ReadOnlySpan<uint> mask, float maskScale, WorkerGang gang)
    {
        Check(x, ldx, mean, inverse, ofRows, rows, columns, gang);
        Guard.Length(scale.Length, columns, nameof(scale));
        Guard.Length(shift.Length, columns, nameof(shift));
        Guard.Matrix(y.Length, ldy, rows, columns, nameof(y));
        Guard.Mask(mask.Length, rows, columns);
        if (rows == 0 || columns == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            NormalizationReference.Apply(x, ldx, mean, inverse, ofRows, scale, shift, y, ldy, rows, columns, activation, mask, maskScale);
            return;
        }

        fixed (float* px = x, pMean = mean, pInverse = inverse, pScale = scale, pShift = shift, py = y)
        fixed (uint* pMask = mask)
        {
            NormalizationArguments arguments = new()
            {
                X = px,
                XRow = ldx,
                Mean = pMean,
                Inverse = pInverse,
                OfRows = ofRows,
                Scale = pScale,
                Shift = pShift,
                Result = py,
                ResultRow = ldy,
                Rows = rows,
                Columns = columns,
                Activation = activation,
                Mask = pMask,
                MaskScale = maskScale,
            };
            NormalizationDispatch.Run(arguments, gang);
        }
    }

    /// <summary>The gradients of shift and scale: the column sums of dy and of dy * (x - mean) * inverse.</summary>
    /// <param name="x">The matrix that was normalised, [rows, columns].</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="mean">The means, one a column or, with <paramref name="ofRows"/>, one a row.</param>
    /// <param name="inverse">One over the deviations, as many.</param>
    /// <param name="ofRows">Whether means and deviations are those of the rows.</param>
    /// <param name="dy">The gradient before the activation, [rows, columns].</param>
    /// <param name="lddy">The row stride of dy.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="scaleGradient">The sums with the normalised values, one a column.</param>
    /// <param name="shiftGradient">The plain sums, one a column.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void ParameterGradient(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, bool ofRows,
        ReadOnlySpan<float> dy, int lddy, int rows, int columns, Span<float> scaleGradient, Span<float> shiftGradient, WorkerGang gang)
    {
        Check(x, ldx, mean, inverse, ofRows, rows, columns, gang);
        Guard.Matrix(dy.Length, lddy, rows, columns, nameof(dy));
        Guard.Length(scaleGradient.Length, columns, nameof(scaleGradient));
        Guard.Length(shiftGradient.Length, columns, nameof(shiftGradient));
        if (Kernels.Active == InstructionSet.Reference)
        {
            NormalizationReference.ParameterGradient(
                x, ldx, mean, inverse, ofRows, dy, lddy, rows, columns, scaleGradient, shiftGradient);
            return;
        }

        fixed (float* px = x, pMean = mean, pInverse = inverse, pdy = dy, pScale = scaleGradient, pShift = shiftGradient)
        {
            ColumnGradientJob job = new()
            {
                X = px,
                XRow = ldx,
                Mean = pMean,
                Inverse = pInverse,
                OfRows = ofRows,
                Dy = pdy,
                DyRow = lddy,
                Rows = rows,
                ScaleGradient = pScale,
                ShiftGradient = pShift,
            };
            ColumnChains.Run(job, rows, columns, gang);
        }
    }

    /// <summary>
    /// dx (+)= inverse * (scale * dy - what reached the result through mean and deviation). Of columns, the sums that
    /// <see cref="ParameterGradient"/> gave stand for that part; without them mean and deviation count as constants.
    /// </summary>
    /// <param name="x">The matrix that was normalised, [rows, columns].</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="mean">The means, one a column or, with <paramref name="ofRows"/>, one a row.</param>
    /// <param name="inverse">One over the deviations, as many.</param>
    /// <param name="ofRows">Whether means and deviations are those of the rows.</param>
    /// <param name="scale">The factors, one a column.</param>
    /// <param name="dy">The gradient before the activation, [rows, columns].</param>
    /// <param name="lddy">The row stride of dy.</param>
    /// <param name="scaleSums">The column sums of dy * (x - mean) * inverse, or empty; not read with <paramref name="ofRows"/>.</param>
    /// <param name="shiftSums">The column sums of dy, or empty.</param>
    /// <param name="dx">The result, [rows, columns]; may be dy.</param>
    /// <param name="lddx">The row stride of dx.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="accumulate">Whether the result is added to dx.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void InputGradient(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, bool ofRows, ReadOnlySpan<float> scale,
        ReadOnlySpan<float> dy, int lddy, ReadOnlySpan<float> scaleSums, ReadOnlySpan<float> shiftSums, Span<float> dx, int lddx,
        int rows, int columns, bool accumulate, WorkerGang gang)
    {
        Check(x, ldx, mean, inverse, ofRows, rows, columns, gang);
        Guard.Length(scale.Length, columns, nameof(scale));
        Guard.Matrix(dy.Length, lddy, rows, columns, nameof(dy));
        Guard.Matrix(dx.Length, lddx, rows, columns, nameof(dx));
        Guard.Same(scaleSums.IsEmpty == shiftSums.IsEmpty, "Of the two sums one is missing.");
        if (!scaleSums.IsEmpty)
        {
            Guard.Length(scaleSums.Length, columns, nameof(scaleSums));
            Guard.Length(shiftSums.Length, columns, nameof(shiftSums));
        }

        if (rows == 0 || columns == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            NormalizationReference.InputGradient(
                x, ldx, mean, inverse, ofRows, scale, dy, lddy, scaleSums, shiftSums, dx, lddx, rows, columns, accumulate);
            return;
        }

        fixed (float* px = x, pMean = mean, pInverse = inverse, pScale = scale, pdy = dy, pScaleSums = scaleSums, pShiftSums = shiftSums)
        fixed (float* pdx = dx)
        {
            NormalizationArguments arguments = new()
            {
                X = px,
                XRow = ldx,
                Mean = pMean,
                Inverse = pInverse,
                OfRows = ofRows,
                Scale = pScale,
                Dy = pdy,
                DyRow = lddy,
                ScaleSums = pScaleSums,
                ShiftSums = pShiftSums,
                Result = pdx,
                ResultRow = lddx,
                Rows = rows,
                Columns = columns,
                Accumulate = accumulate,
            };
            NormalizationDispatch.Run(arguments, gang);
        }
    }

    private static void Check(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, bool ofRows, int rows, int columns,
        WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Guard.Sizes(rows, columns);
        Guard.Matrix(x.Length, ldx, rows, columns, nameof(x));
        Guard.Length(mean.Length, ofRows ? rows : columns, nameof(mean));
        Guard.Length(inverse.Length, ofRows ? rows : columns, nameof(inverse));
    }
}
