namespace Adversarial.Numerics;

/// <summary>Pooling of images, whose pixels are the rows of a matrix [images * height * width, channels]: each channel by itself.</summary>
/// <param name="Rows">The vertical axis.</param>
/// <param name="Columns">The horizontal axis.</param>
/// <param name="Channels">Number of channels.</param>
public readonly record struct PoolingShape(WindowAxis Rows, WindowAxis Columns, int Channels)
{
    /// <summary>Pixels of an image that is read.</summary>
    public int InputPixels => Rows.Input * Columns.Input;

    /// <summary>Pixels of an image that is given.</summary>
    public int OutputPixels => Rows.Output * Columns.Output;

    internal void Check()
    {
        Guard.Same(Rows.IsValid && Columns.IsValid, "A window lies outside of its padded axis, or a number of an axis is out of range.");
        Guard.Same(Channels >= 1, "An image has at least one channel.");
        Guard.Same(HasPixels(Rows) && HasPixels(Columns), "A pooling window lies on padding alone.");
    }

    // The first window and the last one.
    private static bool HasPixels(WindowAxis axis) =>
        axis.Before < axis.Window && (axis.Output - 1) * axis.Stride - axis.Before < axis.Input;

    /// <summary>The pixels of an axis that the window covers at one of its places.</summary>
    internal static (int First, int End) Covered(in WindowAxis axis, int place)
    {
        int at = place * axis.Stride - axis.Before;
        return (Math.Max(at, 0), Math.Min(at + axis.Window, axis.Input));
    }
}
