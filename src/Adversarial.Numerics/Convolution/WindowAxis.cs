namespace Adversarial.Numerics;

/// <summary>How a window slides along one axis of an image: over <paramref name="Input"/> pixels with some zeros put before and after them.</summary>
/// <param name="Input">Number of pixels, at least 1.</param>
/// <param name="Window">Length of the window, at least 1 and no more than the padded axis.</param>
/// <param name="Stride">Distance of one place of the window from the next, at least 1.</param>
/// <param name="Before">Padding before the first pixel, at least 0.</param>
/// <param name="After">Padding after the last pixel, at least 0.</param>
public readonly record struct WindowAxis(int Input, int Window, int Stride = 1, int Before = 0, int After = 0)
{
    /// <summary>Number of places of the window; what is left behind the last one is not read.</summary>
    public int Output => (Padded - Window) / Stride + 1;

    /// <summary>Number of pixels with the padding.</summary>
    public int Padded => Input + Before + After;

    /// <summary>
    /// The padding that Keras and TensorFlow call "same": one place for each <paramref name="stride"/> pixels begun, the odd pixel of
    /// padding behind.
    /// </summary>
    /// <param name="input">Number of pixels, at least 1.</param>
    /// <param name="window">Length of the window, at least 1.</param>
    /// <param name="stride">Distance of the window's places, at least 1.</param>
    public static WindowAxis Same(int input, int window, int stride)
    {
        int total = Math.Max(((input + stride - 1) / stride - 1) * stride + window - input, 0);
        return new WindowAxis(input, window, stride, total / 2, total - total / 2);
    }

    /// <summary>Whether all numbers are in range, and sizes stay in that of an int.</summary>
    public bool IsValid => Input >= 1 && Window >= 1 && Stride >= 1 && Before >= 0 && After >= 0
        && (long)Input + Before + After is var padded && padded <= int.MaxValue && padded >= Window;
}
