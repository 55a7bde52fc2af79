namespace Adversarial.Numerics;

/// <summary>
/// A convolution of images whose pixels are the rows of a matrix [images * height * width, channels], image by image and line by line. Its
/// weights are [window height * window width * input channels, output channels], the window's pixels line by line and each with its channels.
/// </summary>
/// <param name="Rows">The vertical axis.</param>
/// <param name="Columns">The horizontal axis.</param>
/// <param name="InputChannels">Channels of the large image: what a convolution reads and a transposed one gives.</param>
/// <param name="OutputChannels">Channels of the small image: what a convolution gives and a transposed one reads.</param>
public readonly record struct ConvolutionShape(WindowAxis Rows, WindowAxis Columns, int InputChannels, int OutputChannels)
{
    /// <summary>Numbers that one place of the window covers: the rows of the weights.</summary>
    public int PatchLength => Rows.Window * Columns.Window * InputChannels;

    /// <summary>Pixels of an image that a convolution reads.</summary>
    public int InputPixels => Rows.Input * Columns.Input;

    /// <summary>Pixels of an image that a convolution gives.</summary>
    public int OutputPixels => Rows.Output * Columns.Output;

    /// <summary>Multiply-adds for one image, of the convolution as of the transposed one.</summary>
    public long MultiplyAdds => (long)OutputPixels * PatchLength * OutputChannels;

    // One image with its padding, and room behind it for copies of whole vectors.
    internal int PaddedLength => checked(Rows.Padded * Columns.Padded * InputChannels + Patches.Slack);

    internal void Check()
    {
        Guard.Same(Rows.IsValid && Columns.IsValid, "A window lies outside of its padded axis, or a number of an axis is out of range.");
        Guard.Same(InputChannels >= 1 && OutputChannels >= 1, "An image has at least one channel.");
        _ = checked(PatchLength * OutputChannels);
        _ = PaddedLength;
    }
}
