namespace Adversarial.Detectors;

/// <summary>Widths of networks that are derived from the number of features.</summary>
internal static class LayerWidths
{
    private const int HiddenLayers = 5;
    private const int LargestLayer = 300;
    private const int LargestCode = 16;

    /// <summary>A code of half of the features, from 1 to 16.</summary>
    public static int CodeOf(int columns) => Math.Clamp((int)Math.Round(columns / 2.0), 1, LargestCode);

    /// <summary>
    /// Hidden layers of an encoder after table 1 of DA3D's paper: the first is a little wider than the input, here up to 300, and the widths fall to
    /// the code between a line and a geometric series.
    /// </summary>
    public static int[] FunnelOf(int columns, int code)
    {
        double first = Math.Min(Math.Round(1.2 * columns + 4), LargestLayer);
        var sizes = new int[HiddenLayers];
        for (int i = 0; i < HiddenLayers; i++)
        {
            double share = i / (double)HiddenLayers;
            double geometric = first * Math.Pow(code / first, share);
            double linear = first + (code - first) * share;
            sizes[i] = Math.Max(1, (int)Math.Round((2 * geometric + linear) / 3));
        }

        return sizes;
    }
}
