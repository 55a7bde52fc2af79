using Adversarial.Numerics;

namespace Adversarial.Neural;

public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public void SampleCategories(in Matrix logits, ColumnGroups groups, float temperature, RandomStream? stream, in Matrix y)
    {
        Matrix x = logits;
        var uniform = new float[x.Rows * x.Columns];
        if (stream is { } random)
            RandomFill.Uniform(random, 0, uniform, 1f / (1 << 25), 1);
        ForEach(y, false, (r, c) => 1 / (1 + Math.Exp(-At(x, r, c))));
        foreach ((int start, int length) in groups.Groups)
        {
            for (int r = 0; r < x.Rows; r++)
            {
                double sum = 0;
                for (int c = start; c < start + length; c++)
                {
                    double gumbel = stream is null ? 0 : -Math.Log(-Math.Log(uniform[r * x.Columns + c]));
                    sum += At(y, r, c) = Math.Exp((At(x, r, c) + gumbel) / temperature);
                }

                for (int c = start; c < start + length; c++)
                    At(y, r, c) /= sum;
            }
        }
    }

    /// <inheritdoc/>
    public void TakeLargest(in Matrix x, ColumnGroups groups, in Matrix y)
    {
        Matrix from = x;
        ForEach(y, false, (r, c) => At(from, r, c));
        foreach ((int start, int length) in groups.Groups)
        {
            for (int r = 0; r < y.Rows; r++)
            {
                int row = r, largest = Enumerable.Range(start, length).MaxBy(c => At(from, row, c));
                for (int c = start; c < start + length; c++)
                    At(y, r, c) = c == largest ? 1 : 0;
            }
        }
    }

    /// <inheritdoc/>
    public void SampleCategoriesGradient(
        in Matrix y, ColumnGroups groups, float temperature, in Matrix dy, in Matrix dx, bool accumulate)
    {
        (Matrix sample, Matrix upstream) = (y, dy);
        var grouped = new (int Start, int Length)[y.Columns];
        foreach ((int start, int length) in groups.Groups)
            Array.Fill(grouped, (start, length), start, length);
        ForEach(dx, accumulate, (r, c) =>
        {
            (int start, int length) = grouped[c];
            if (length == 0)
                return At(upstream, r, c) * At(sample, r, c) * (1 - At(sample, r, c));
            double sum = Enumerable.Range(start, length).Sum(k => At(upstream, r, k) * At(sample, r, k));
            return At(sample, r, c) * (At(upstream, r, c) - sum) / temperature;
        });
    }
}
