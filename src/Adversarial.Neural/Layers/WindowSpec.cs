using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>The window of a convolution or a pooling, square, on maps whose size it is yet to be told.</summary>
/// <param name="Size">Height and width, at least 1.</param>
/// <param name="Stride">Distance of one place from the next, at least 1.</param>
/// <param name="Before">Zeros put above and to the left, at least 0.</param>
/// <param name="After">Zeros put below and to the right, at least 0.</param>
public readonly record struct WindowSpec(int Size, int Stride = 1, int Before = 0, int After = 0)
{
    /// <summary>Whether the padding is what Keras and TensorFlow call "same", in the place of the numbers given.</summary>
    public bool IsSame { get; init; }

    /// <summary>The padding that gives one place for each <paramref name="stride"/> pixels begun; transposed, so many pixels for each.</summary>
    public static WindowSpec Same(int size, int stride = 1) => new(size, stride) { IsSame = true };

    /// <summary>The axis of a convolution or a pooling over so many pixels.</summary>
    internal WindowAxis Over(int pixels) =>
        IsSame && Size >= 1 && Stride >= 1 ? WindowAxis.Same(pixels, Size, Stride) : new WindowAxis(pixels, Size, Stride, Before, After);

    /// <summary>The axis of the convolution whose way back gives an axis from so many pixels: no pixel is left that it would not have read.</summary>
    internal WindowAxis Onto(int pixels) => IsSame && Size >= 1 && Stride >= 1
        ? WindowAxis.Same(pixels * Stride, Size, Stride)
        : new WindowAxis((pixels - 1) * Stride + (Before + After > 0 ? Size : Math.Max(Size, Stride)) - Before - After, Size, Stride, Before, After);
}
