namespace Adversarial.Numerics;

internal static class ReductionReference
{
    public static double Sum(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x)
            sum += value;
        return sum;
    }

    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += (double)x[i] * y[i];
        return sum;
    }

    public static bool AllFinite(ReadOnlySpan<float> x)
    {
        foreach (float value in x)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }
}
