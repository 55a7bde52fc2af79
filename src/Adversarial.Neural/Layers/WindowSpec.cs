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

    /// <summary>Zeros put to the right where they are not as many as below; null: as many.</summary>
    public int? Right { get; init; }

    /// <summary>The padding that gives one place for each <paramref name="stride"/> pixels begun; transposed, so many pixels for each.</summary>
    public static WindowSpec Same(int size, int stride = 1) => new(size, stride) { IsSame = true };

    private bool IsDerived => IsSame && Size >= 1 && Stride >= 1;

    /// <summary>The axes of a convolution or a pooling of maps.</summary>
    internal (WindowAxis Rows, WindowAxis Columns) Over(MapShape maps) => IsDerived
        ? (WindowAxis.Same(maps.Height, Size, Stride), WindowAxis.Same(maps.Width, Size, Stride))
        : (new WindowAxis(maps.Height, Size, Stride, Before, After), new WindowAxis(maps.Width, Size, Stride, Before, Right ?? After));

    /// <summary>The axes of the convolution whose way back takes maps: it leaves no pixel unread.</summary>
    internal (WindowAxis Rows, WindowAxis Columns) Onto(MapShape maps) => IsDerived
        ? (WindowAxis.Same(maps.Height * Stride, Size, Stride), WindowAxis.Same(maps.Width * Stride, Size, Stride))
        : (Onto(maps.Height, After), Onto(maps.Width, Right ?? After));

    private WindowAxis Onto(int pixels, int after) =>
        new((pixels - 1) * Stride + (Before + after > 0 ? Size : Math.Max(Size, Stride)) - Before - after, Size, Stride, Before, after);
}
