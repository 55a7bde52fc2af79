namespace Adversarial.Numerics;

/// <summary>
/// Differentiable draws from categorical distributions: the Gumbel softmax (Jang, Gu and Poole 2017; Maddison, Mnih and Teh 2017), for
/// many groups of columns in one pass. One thread; the same bits on every vector width.
/// </summary>
public static unsafe class CategoryKernel
{
    // Uniform numbers stay away from 0 and 1, so that both logarithms are finite; below this lies half a step of the generator.
    private const float Smallest = 1f / (1 << 25);

    /// <summary>The number of scratch elements that <see cref="Sample"/> and <see cref="Gradient"/> need.</summary>
    /// <param name="columns">The number of columns.</param>
    /// <returns>The number of elements.</returns>
    public static int Scratch(int columns) => checked(2 * columns);

    /// <summary>
    /// In each group y = softmax((x + g) / temperature), g being independent draws of Gumbel's law, -log(-log(u)) for uniform u, or 0
    /// without a stream; elsewhere y = 1 / (1 + exp(-x)).
    /// </summary>
    /// <param name="x">The logits, [rows, columns].</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="groups">The groups; their width is the number of columns.</param>
    /// <param name="temperature">The temperature, positive.</param>
    /// <param name="stream">The random stream, read in row-major order; or null.</param>
    /// <param name="y">The result, [rows, columns]; not x.</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="scratch">At least <see cref="Scratch"/> elements.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the temperature is not positive.</exception>
    public static void Sample(
        ReadOnlySpan<float> x, int ldx, int rows, ColumnGroups groups, float temperature, RandomStream? stream, Span<float> y, int ldy,
        Span<float> scratch)
    {
        int columns = Check(groups, rows, temperature, scratch);
        Guard.Matrix(x.Length, ldx, rows, columns, nameof(x));
        Guard.Matrix(y.Length, ldy, rows, columns, nameof(y));
        if (columns == 0)
            return;
        Span<float> noise = stream is null ? default : scratch[..columns];
        for (int r = 0; r < rows; r++)
        {
            if (stream is { } random)
                RandomFill.Uniform(random, (long)r * columns, noise, Smallest, 1);
            ReadOnlySpan<float> logits = x.Slice(r * ldx, columns);
            Span<float> sample = y.Slice(r * ldy, columns);
            if (Kernels.Active == InstructionSet.Reference)
            {
                CategoryReference.Sample(logits, noise, sample, groups, temperature);
                continue;
            }

            fixed (float* px = logits, pNoise = noise, py = sample, pMaxima = scratch[columns..])
                CategoryRows.Sample(px, pNoise, py, pMaxima, groups, 1 / temperature);
        }

        foreach ((int start, int length) in groups.Others)
        {
            if (rows > 0)
                Activations.Forward(x[start..], ldx, y[start..], ldy, rows, length, Activation.Sigmoid, WorkerGang.Single);
        }
    }

    /// <summary>In each group 1 for the largest value, the first of equal ones, and 0 for the others; elsewhere y = x.</summary>
    /// <param name="x">The values, [rows, columns].</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="groups">The groups; their width is the number of columns.</param>
    /// <param name="y">The result, [rows, columns]; may be x.</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void TakeLargest(ReadOnlySpan<float> x, int ldx, int rows, ColumnGroups groups, Span<float> y, int ldy)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Elementwise.Copy(x, ldx, y, ldy, rows, groups.Width);
        for (int r = 0; r < rows; r++)
        {
            foreach ((int start, int length) in groups.Groups)
            {
                Span<float> group = y.Slice(r * ldy + start, length);
                int largest = 0;
                for (int c = 1; c < length; c++)
                    largest = group[c] > group[largest] ? c : largest;
                group.Clear();
                group[largest] = 1;
            }
        }
    }

    /// <summary>
    /// dx (+)= the gradient of <see cref="Sample"/>: in each group y (dy - sum(dy * y)) / temperature, elsewhere dy y (1 - y).
    /// </summary>
    /// <param name="y">The sample, [rows, columns].</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="groups">The groups; their width is the number of columns.</param>
    /// <param name="temperature">The temperature, positive.</param>
    /// <param name="dy">The gradient of the sample, [rows, columns].</param>
    /// <param name="lddy">The row stride of dy.</param>
    /// <param name="dx">The result, [rows, columns].</param>
    /// <param name="lddx">The row stride of dx.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    /// <param name="scratch">At least <see cref="Scratch"/> elements.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the temperature is not positive.</exception>
    public static void Gradient(
        ReadOnlySpan<float> y, int ldy, int rows, ColumnGroups groups, float temperature, ReadOnlySpan<float> dy, int lddy,
        Span<float> dx, int lddx, bool accumulate, Span<float> scratch)
    {
        int columns = Check(groups, rows, temperature, scratch);
        Guard.Matrix(y.Length, ldy, rows, columns, nameof(y));
        Guard.Matrix(dy.Length, lddy, rows, columns, nameof(dy));
        Guard.Matrix(dx.Length, lddx, rows, columns, nameof(dx));
        if (columns == 0)
            return;
        Span<float> factors = scratch.Slice(columns, columns);
        factors.Fill(1 / temperature);
        foreach ((int start, int length) in groups.Others)
            factors.Slice(start, length).Fill(1);
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> sample = y.Slice(r * ldy, columns), gradient = dy.Slice(r * lddy, columns);
            Span<float> result = dx.Slice(r * lddx, columns);
            if (Kernels.Active == InstructionSet.Reference)
            {
                CategoryReference.Gradient(sample, gradient, result, groups, temperature, accumulate);
                continue;
            }

            fixed (float* py = sample, pdy = gradient, pdx = result, pSums = scratch, pFactors = factors)
                CategoryRows.Gradient(py, pdy, pdx, pSums, pFactors, groups, accumulate);
        }
    }

    private static int Check(ColumnGroups groups, int rows, float temperature, Span<float> scratch)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Guard.Sizes(rows, groups.Width);
        Guard.Same(temperature > 0, "The temperature is not positive.");
        Guard.Length(scratch.Length, Scratch(groups.Width), nameof(scratch));
        return groups.Width;
    }
}
