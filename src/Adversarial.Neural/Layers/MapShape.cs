namespace Adversarial.Neural;

/// <summary>
/// The shape of one image, or of what a layer makes of it. As a row it is written line by line, each pixel with its channels beside each
/// other; as a matrix each pixel is a row. Features that are no image are one pixel.
/// </summary>
/// <param name="Height">Number of lines, at least 1.</param>
/// <param name="Width">Pixels of a line, at least 1.</param>
/// <param name="Channels">Numbers of a pixel, at least 1.</param>
public readonly record struct MapShape(int Height, int Width, int Channels)
{
    /// <summary>Number of pixels.</summary>
    public int Pixels => Height * Width;

    /// <summary>Number of features: pixels times channels.</summary>
    public int Features => checked(Height * Width * Channels);

    /// <summary>Height x width x channels.</summary>
    public override string ToString() => $"{Height} x {Width} x {Channels}";
}
