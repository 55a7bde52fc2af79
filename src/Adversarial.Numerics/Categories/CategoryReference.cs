namespace Adversarial.Numerics;

/// <summary>A row of a categorical sample and of its way back as plain loops.</summary>
internal static class CategoryReference
{
    public static void Sample(ReadOnlySpan<float> x, ReadOnlySpan<float> noise, Span<float> y, ColumnGroups groups, float temperature)
    {
        foreach ((int start, int length) in groups.Groups)
        {
            float max = float.NegativeInfinity, sum = 0;
            for (int c = start; c < start + length; c++)
            {
                y[c] = (x[c] - (noise.IsEmpty ? 0 : MathF.Log(-MathF.Log(noise[c])))) / temperature;
                max = MathF.Max(max, y[c]);
            }

            for (int c = start; c < start + length; c++)
                sum += y[c] = MathF.Exp(y[c] - max);
            for (int c = start; c < start + length; c++)
                y[c] /= sum;
        }
    }

    public static void Gradient(
        ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, ColumnGroups groups, float temperature, bool accumulate)
    {
        foreach ((int start, int length) in groups.Groups)
        {
            float sum = 0;
            for (int c = start; c < start + length; c++)
                sum += dy[c] * y[c];
            for (int c = start; c < start + length; c++)
                dx[c] = (accumulate ? dx[c] : 0) + (dy[c] - sum) * y[c] / temperature;
        }

        foreach ((int start, int length) in groups.Others)
        {
            for (int c = start; c < start + length; c++)
                dx[c] = (accumulate ? dx[c] : 0) + dy[c] * (1 - y[c]) * y[c];
        }
    }
}
